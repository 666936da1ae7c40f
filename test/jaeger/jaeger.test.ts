import assert from "node:assert/strict";
import type { Platform } from "../../components/core/platform";
import { Refusal } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { Jaeger } from "../../components/jaeger/jaeger";
import { jaeger } from "../../components/jaeger/workload";
import { badger } from "../../components/storage/backends/badger";
import { record } from "../support/recorder";

/** Keeps what it is asked to run, and refuses what a platform would. */
function keeping(kept: Workload[]): Platform {
  return {
    kind: "paper",
    locate: () => {
      throw new Error("nobody asks");
    },
    plan: () => [],
    run(workload) {
      if (workload.problems?.length) throw new Refusal("paper", workload.problems);
      kept.push(workload);
      const names = Object.keys(workload.ports) as (keyof typeof workload.ports)[];
      const outside = Object.fromEntries(
        names.map((name) => [name, { host: "host", port: workload.ports[name].port }]),
      );
      return { outside: outside as Record<(typeof names)[number], { host: string; port: number }>, resources: [] };
    },
  };
}

describe("Jaeger", () => {
  it("runs what jaeger() describes, and shows where its ports are reached", async () => {
    const kept: Workload[] = [];
    const args = { storage: badger({ size: "20 GiB" }), outside: { query: 16686 } };
    let ui: unknown;
    const seen = await record(() => {
      ui = new Jaeger("jaeger", { ...args, platform: keeping(kept) }).outside.query;
    });
    assert.deepEqual(kept, [jaeger("jaeger", args)]);
    assert.deepEqual(
      seen.map(({ type, name }) => [type, name]),
      [["sightline:jaeger:Jaeger", "jaeger"]],
    );
    assert.deepEqual(ui, { host: "host", port: 16686 });
  });

  it("says every problem before anything is created", async () => {
    await record(() => {
      assert.throws(
        () => new Jaeger("jaeger", { storage: badger({ size: "0 GiB" }), replicas: 3, platform: keeping([]) }),
        /replicas: badger is open in one process alone, got 3; set replicas to 1.*\n.*storage\.size: not a size, got "0 GiB"/,
      );
    });
  });
});
