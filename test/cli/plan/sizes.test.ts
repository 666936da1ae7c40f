import assert from "node:assert/strict";
import { parse } from "yaml";
import { sized, withSizes } from "../../../cli/plan/sizes";
import { shortOfPlan } from "../../../configs/plan";
import { settingsFrom } from "../../../configs/settings-from";

const traffic = `# Traffic of the shop.
config:
  sightline:plan: { requestsPerDay: 1000000, endpoints: 600 }
  sightline:roles: [agent, gateway, sampler]
  sightline:tailSampling: { errors: true }
`;

/** Settings in the text of a stack file. */
function settingsIn(text: string) {
  const { config } = parse(text) as { config: Record<string, unknown> };
  const raw = Object.entries(config).map(([key, value]) => [key.replace("sightline:", ""), value]);
  return settingsFrom("shop", Object.fromEntries(raw));
}

const sizedIn = (text: string) => sized(text, shortOfPlan(settingsIn(text)));

describe("sightline plan --stack --write", () => {
  it("adds what fits to a file that leaves it out, and keeps the rest as it is", async () => {
    const after = await withSizes(traffic, sizedIn(traffic), settingsIn(traffic));
    assert.equal(
      after,
      `${traffic}  sightline:queueSize: 6 GiB
  sightline:memory:
    prometheus: 3 GiB
  sightline:metricsSize: 16 GiB
  sightline:storage:
    kind: badger
    size: 83 GiB
    retention: 72h
`,
    );
    assert.deepEqual(sizedIn(after), []);
  });

  it("never changes a value that its author wrote, and says so", async () => {
    const mine = `${traffic}  sightline:queueSize: 1 GiB # the disk is small\n  sightline:storage: { kind: badger, size: 20 GiB }\n`;
    const all = sizedIn(mine);
    assert.deepEqual(
      all.map(({ path, open }) => [path, open]),
      [
        ["queueSize", false],
        ["memory.prometheus", true],
        ["metricsSize", true],
        ["storage.size", false],
      ],
    );
    const after = await withSizes(mine, all, settingsIn(mine));
    assert.ok(after.startsWith(mine));
    assert.deepEqual(
      sizedIn(after).map(({ path }) => path),
      ["queueSize", "storage.size"],
    );
  });

  it("adds a part to a setting that has others", async () => {
    const memory = `${traffic}  sightline:memory: { jaeger: 4 GiB }\n`;
    const after = await withSizes(memory, sizedIn(memory), settingsIn(memory));
    assert.ok(after.includes("  sightline:memory: { jaeger: 4 GiB, prometheus: 3 GiB }\n"));
  });
});
