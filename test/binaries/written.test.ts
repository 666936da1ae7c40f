import assert from "node:assert/strict";
import { join } from "node:path";
import { execa } from "execa";
import { good } from "../lint/written/good";
import { seeds, type Seed } from "../lint/written/seeds";
import { fill, temporaryFolder } from "./folder";
import { obtain } from "./obtain";

/** What the Collector says to seeds that are said to keep it from starting, in order. `validate` passes an undefined one. */
const said: readonly [code: string, words: string | undefined][] = [
  ["missing-component", 'references exporter "gone" which is not configured'],
  ["missing-component", 'references extension "pprof" which is not configured'],
  ["missing-extension", undefined],
  ["empty-pipeline", "must have at least one exporter"],
  ["connector-once", 'connector "span_metrics" used as exporter in [traces/in] pipeline but not used'],
  ["unknown-section", "has invalid keys: procesors"],
  ["port-taken", undefined],
  ["memory-limiter-limit", "'check_interval' must be greater than zero"],
  ["memory-limiter-limit", "'limit_mib' or 'limit_percentage' must be greater than zero"],
  ["queue-settings", "`wait_for_result` is not supported with a persistent queue"],
  ["queue-settings", "`max_size` (2000000) must be greater or equal to `min_size` (3000000)"],
  ["queue-settings", "`min_size` must be less than or equal to `queue_size`"],
  ["removed-component", "the logging exporter has been deprecated"],
];

describe("configuration that check --config refuses, through the Collector", () => {
  const folder = temporaryFolder();
  let binary: string;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    ({ "otelcol-contrib": binary } = await obtain("otelcol-contrib"));
    fill(folder, { "queue/none": "" });
  });

  /** What `validate` prints where it refuses. */
  async function refusal(name: string, text: string): Promise<string | undefined> {
    fill(folder, { [name]: text.replace("/var/lib/otelcol", join(folder, "queue")) });
    const { exitCode, stderr } = await execa(binary, ["validate", "--config", join(folder, name)], { reject: false });
    return exitCode === 0 ? undefined : stderr;
  }
  const seeded = ({ file, was, is, and }: Seed): string => {
    const text = good[file]!.replace(was, () => is);
    return and ? text.replace(and[0], () => and[1]) : text;
  };

  for (const [file, text] of Object.entries(good).filter(([name]) => name !== "jaeger.yaml")) {
    it(`${file} without a fault passes`, async () => assert.equal(await refusal(file, text), undefined));
  }

  const ofCollectors = seeds.filter(({ code, file }) => file !== "jaeger.yaml" && said.some(([one]) => one === code));
  ofCollectors.forEach((seed, position) => {
    const [code, words] = said[position] ?? ["", ""];
    it(`${seed.code}: ${JSON.stringify(seed.is)}`, async () => {
      assert.equal(code, seed.code);
      const refused = await refusal("seed.yaml", seeded(seed));
      if (words === undefined) return assert.equal(refused, undefined);
      assert.ok(refused?.includes(words), refused ?? "validate passed it");
    });
  });
});
