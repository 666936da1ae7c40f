import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDamaged } from "../../cli/queue/damaged";
import { damage } from "../support/damage";
import type { Fault } from "./fault";
import { inSeconds, spanSizes } from "./traffic";

/** The file in which spans wait for the gateway. */
const spans = "exporter_otlp_grpc_gateway_traces";

/** All that is sent: in a second before the fault, and in three while it lasts. */
const sent = inSeconds(spanSizes, 1) + inSeconds(spanSizes, 3);

/** What waited in a file that is damaged is set aside with it; all else arrives. */
export const damaged: Fault = {
  name: "disk of the agent: a queue file damaged while nothing gets through",
  ended: ["agent"],
  begin: ({ link }) => link("gateway", "refuses"),
  async end({ process, link, machine }) {
    const agent = process("agent");
    const [queue, aside] = ["queue", "damaged"].map((folder) => join(machine.disk, folder)) as [string, string];
    const found = () => readdirSync(queue).filter((name) => isDamaged(join(queue, name)));
    await agent.stop(true);
    assert.deepEqual(found(), []);
    damage(join(queue, spans));
    await assert.rejects(agent.start(), /agent ended:[^]*freepages/);
    assert.deepEqual(found(), [spans]);
    // As `sightline queue aside` does it.
    mkdirSync(aside);
    renameSync(join(queue, spans), join(aside, spans));
    writeFileSync(join(queue, spans), "");
    await agent.start();
    link("gateway", "carries");
  },
  exception: { most: sent, alert: "TargetDown" },
};
