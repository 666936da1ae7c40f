import assert from "node:assert/strict";
import type { Machine } from "../../toolchain/engine";
import { canStart, survey, type Check, type SurveyOptions } from "../../toolchain/survey";
import { emptyCache, scripted, type Answer } from "./support";

const engine = { stdout: JSON.stringify({ ServerVersion: "28.0.1", CgroupVersion: "2", DockerRootDir: "/data" }) };
const remote = { "docker context inspect": { stdout: "ssh://box" }, "docker info": engine };
const go = { "go env": { stdout: "go1.26.8" } };
const machine: Machine = { isRoot: true, hasApt: true, hasSystemd: false, detach: () => 0 };

describe("a survey of the machine", () => {
  emptyCache();
  const look = (answers: Record<string, Answer>, online = false, options: SurveyOptions = {}) =>
    survey({ ...scripted(answers), machine, answers: () => Promise.resolve(online), ...options });
  const states = (checks: readonly Check[]) => Object.fromEntries(checks.map(({ name, state }) => [name, state]));

  it("finds that everything can be obtained where there is only Go, on Debian as root", async () => {
    const checks = await look(go);
    assert.deepEqual(states(checks), {
      node: "ok",
      "docker engine": "obtainable",
      pulumi: "obtainable",
      "pulumi provider docker": "obtainable",
      "pulumi provider random": "obtainable",
      "image collector": "obtainable",
      "image guard": "obtainable",
      "image jaeger": "obtainable",
      "image prometheus": "obtainable",
      "image victorialogs": "obtainable",
      "image grafana": "optional",
      "image registry": "optional",
      go: "optional",
    });
    assert.ok(canStart(checks));
  });

  it("finds that nothing can be started with neither network nor Go, and gives a remedy for each", async () => {
    const checks = await look({}, false, { machine: { ...machine, isRoot: false } });
    const missing = checks.filter(({ state }) => state === "missing");
    assert.deepEqual(
      missing.map(({ name }) => name),
      [
        "docker engine",
        "pulumi",
        "pulumi provider docker",
        "pulumi provider random",
        "image collector",
        "image jaeger",
        "image prometheus",
        "image victorialogs",
      ],
    );
    assert.ok(missing.every(({ remedy }) => remedy !== undefined));
    assert.ok(!canStart(checks));
  });

  it("says what the engine is and which images it has", async () => {
    const checks = await look({ ...remote, ...go, "docker image inspect": { stdout: "" } });
    assert.equal(checks[1]?.found, "28.0.1 on ssh://box, cgroup v2");
    assert.equal(
      checks.find(({ name }) => name === "image victorialogs")?.found,
      "victoriametrics/victoria-logs:v1.52.1 (present)",
    );
  });

  it("takes images from a registry that answers", async () => {
    const { "image grafana": grafana, "image registry": registry } = states(await look({ ...remote, ...go }, true));
    assert.deepEqual([grafana, registry], ["obtainable", "optional"]);
  });

  it("asks no registry for what is built here alone, and does without it where there is no Go", async () => {
    const found = async (answers: Record<string, Answer>) =>
      (await look({ ...remote, ...answers }, true)).find(({ name }) => name === "image guard");
    assert.match((await found(go))?.found ?? "", /can be built/);
    assert.equal((await found({}))?.state, "optional");
  });
});
