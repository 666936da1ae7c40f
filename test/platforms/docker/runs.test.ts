import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { dockerPlanner } from "../../../components/platforms/docker/plan";
import { repeating } from "../../../components/platforms/docker/runs";
import { job } from "../../support/platform-contract-jobs";

const inputsOf = (name: string) =>
  dockerPlanner({ name: "sightline-test" })
    .plan([{ ...job, connects: [] }])
    .find((object) => object.name === name && object.type === "docker:index/container:Container")!.inputs;

describe("jobs on a Docker host", () => {
  it("repeats the program of a job by the shell of its image, and gives it its arguments", () => {
    const { entrypoints, command, restart, user } = inputsOf("job");
    assert.deepEqual(entrypoints, repeating("1h"));
    assert.deepEqual(command, ["/bin/clean", "--days=3"]);
    assert.deepEqual([restart, user], ["unless-stopped", "10001:10001"]);
  });

  it("waits for the end of a step, which has the files, the network and no more", () => {
    const { attach, mustRun, restart, command, user, readOnly, mounts, networksAdvanced } = inputsOf("job-prepare");
    assert.deepEqual([attach, mustRun, restart], [true, false, undefined]);
    assert.deepEqual(command, ["/bin/prepare", "--once"]);
    assert.deepEqual([user, readOnly], ["10002:10002", true]);
    assert.deepEqual(mounts, inputsOf("job")["mounts"]);
    assert.equal((networksAdvanced as unknown[]).length, 1);
  });

  it("runs again at once what failed, if not sooner than it repeats", () => {
    assert.match(repeating("1h").join(" "), /pause=3600; else pause=60; fi/);
    assert.match(repeating("10s").join(" "), /pause=10; else pause=10; fi/);
  });

  it("runs a program again and again, and ends with it when told to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-repeat-"));
    const log = join(folder, "log");
    writeFileSync(log, "");
    const [shell, ...args] = repeating("1s");
    const process = execFile(shell!, [...args, "sh", "-c", 'echo "$1" >> "$2"', "program", "an argument", log]);
    const lines = () => readFileSync(log, "utf8").split("\n").slice(0, -1);
    while (lines().length < 2) await wait(50);
    process.kill("SIGTERM");
    const code = await new Promise((resolve) => process.once("exit", resolve));
    const ran = lines();
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
    assert.deepEqual([...new Set(ran)], ["an argument"]);
  });
});
