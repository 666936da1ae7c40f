import assert from "node:assert/strict";
import { pathCheck } from "../../cli/check/path";
import { planOf } from "../../cli/planned";
import { Refusal } from "../../components/core/problems";
import { line } from "../../components/path/read/finding";
import { settingsFrom, type Settings } from "../../configs/settings-from";
import { committedStacks, settingsOfStack } from "../../configs/stack-file";
import { foundIn } from "../../stacks/path";
import { filesOf, type Rendered } from "../../stacks/rendered";
import { randomStacks } from "../support/random-stacks";

const codes = (settings: Settings, files?: Rendered): string[] =>
  foundIn(settings, files).map(({ at, code }) => `${at.file.split("/")[0]} ${code}`);

/** Losses that are chosen: docs/loss.md says so. */
const chosen = [/^(collector|agent|gateway|sampler) (queue-in-memory|disk-unsynced)$/, /^jaeger jaeger-in-memory$/];
const notChosen = (found: readonly string[]): string[] =>
  found.filter((one) => !chosen.some((pattern) => pattern.test(one)));

/** Changes of what a role renders, each of which loses data, and what has to be found. */
const faults: readonly { role: string; code: string; was: RegExp; is: string }[] = [
  { role: "agent", code: "retry-gives-up", was: /max_elapsed_time: 0s/g, is: "max_elapsed_time: 300s" },
  { role: "agent", code: "memory-limiter-missing", was: /^ +- memory_limiter\n/gm, is: "" },
  { role: "gateway", code: "split-traces", was: /routing_key: traceID/, is: "routing_key: service" },
  { role: "gateway", code: "load-balancing-queue", was: /wait_for_result: true/, is: "wait_for_result: false" },
  { role: "agent", code: "message-too-large", was: /max_size: \d+/g, is: "max_size: 900000000" },
  { role: "sampler", code: "missing-extension", was: /storage: file_storage/, is: "storage: file_storage/none" },
  { role: "sampler", code: "no-policies", was: /policies:\n(?: {6}.*\n)+/, is: "policies: []\n" },
];

describe("the path of a stack", () => {
  for (const stack of committedStacks) {
    it(`of ${stack} loses nothing but what is chosen`, async () => {
      assert.deepEqual(notChosen(codes(settingsOfStack(stack))), []);
      assert.deepEqual(await pathCheck(stack).run(), { state: "passed" });
    });
  }

  it("of any stack has no error and no warning", () => {
    const bad: unknown[] = [];
    let looked = 0;
    for (const raw of randomStacks(24)) {
      const found = orRefused(() => {
        const settings = settingsFrom("random", raw);
        planOf(settings);
        return foundIn(settings).filter(({ severity }) => severity !== "note");
      });
      if (found === undefined) continue;
      looked++;
      if (found.length > 0) bad.push({ raw, found: found.map(line) });
    }
    assert.deepEqual(bad, []);
    assert.ok(looked >= 16, `only ${looked} of 24 were stacks`);
  });

  for (const { role, code, was, is } of faults) {
    it(`has ${code} found in the ${role}, and nothing before`, () => {
      const settings = settingsOfStack("prod");
      const files = filesOf(settings);
      const path = `${role}/config.yaml`;
      const changed = files[path]!.replace(was, is);
      assert.notEqual(changed, files[path], "nothing to change");
      const [before, after] = [codes(settings, files), codes(settings, { ...files, [path]: changed })];
      assert.ok(!before.some((one) => one.endsWith(` ${code}`)));
      assert.ok(after.includes(`${role} ${code}`), JSON.stringify(after));
    });
  }

  it("is what check fails by, with each finding", async () => {
    const found = foundIn(settingsOfStack("prod"), {
      ...filesOf(settingsOfStack("prod")),
      "gateway/config.yaml": filesOf(settingsOfStack("prod"))["gateway/config.yaml"]!.replace("traceID", "service"),
    });
    const outcome = await pathCheck("prod", () => found).run();
    assert.ok(outcome.state === "failed");
    assert.match(outcome.why, /^gateway\/config\.yaml:\d+:\d+: warning: .* \[split-traces\]$/);
  });

  it("is left to the check of settings where those are refused", async () => {
    const outcome = await pathCheck("prod", () => {
      throw new Refusal("settings", []);
    }).run();
    assert.deepEqual(outcome, { state: "skipped", why: "there is no path from settings that are refused" });
  });
});

/** What came of it, or undefined where the stack is refused. */
function orRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
