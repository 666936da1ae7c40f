import assert from "node:assert/strict";
import { clone, type Clone } from "../support/clone";
import { docker, left, storesOf, targets, type Ran } from "../support/dev-stack";
import { store } from "../../cli/verify";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
const nothing = { containers: [], volumes: [], networks: [] };
/** Longest time for what waits on disk to arrive, in milliseconds. */
const arrival = 120_000;
const say = (line: string): void => console.log(`      ${line}`);

for (const kind of ["opensearch", "cassandra"] as const) {
  describe(`a dev stack that runs its own ${kind}`, () => {
    let project: Clone;
    before(async () => {
      assert.deepEqual(await left(), nothing, "a dev stack is up already: run `npm run down`");
      project = await clone({});
      const managed = { nodes: 1, size: "2 GiB", memory: "1 GiB" };
      // Behind aliases, which have to be there before Jaeger writes.
      const rotation = kind === "opensearch" && { rotation: "aliases" };
      project.edit("dev", { grafana: false, storage: { kind, managed, retention: "72h", ...rotation } });
    });
    after(() => project.sightline("down", "--yes", "--delete-data", "dev"));

    it("comes up with one command, which finds its canary", async () => {
      const up = await project.sightline("up", "--yes");
      succeeded(up);
      assert.match(up.text, /canary [0-9a-f]{32} was found everywhere/);
      say(`up took ${up.seconds} s`);
    });

    it("previews without changes, also after a refresh", async () => {
      succeeded(await project.sightline("pulumi", "preview", "--expect-no-changes"));
      succeeded(await project.sightline("pulumi", "refresh", "--yes"));
      succeeded(await project.sightline("pulumi", "preview", "--expect-no-changes"));
    });

    it("keeps what it has when its container is started again", async () => {
      const { acknowledged, acknowledgedSpans } = await load({
        url: targets.otlpHttp,
        seconds: 5,
        spansPerSecond: 100,
      });
      const before = await compareWithJaeger(
        store({ stores: await storesOf() }, targets.jaeger),
        acknowledged,
        arrival,
      );
      assert.deepEqual(before.missing, []);
      await docker("restart", `sightline-dev-${kind}`);
      const after = await compareWithJaeger(store({ stores: await storesOf() }, targets.jaeger), acknowledged, arrival);
      say(`${after.foundSpans} of ${acknowledgedSpans} spans after a restart`);
      assert.deepEqual(after.missing, []);
    });

    it("leaves nothing when taken down", async () => {
      succeeded(await project.sightline("down", "--yes", "--delete-data", "dev"));
      assert.deepEqual(await left(), nothing);
    });
  });
}
