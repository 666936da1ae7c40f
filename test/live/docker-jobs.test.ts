import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { execa } from "execa";
import { Component } from "../../components/component";
import type { Step, Workload } from "../../components/core/workload";
import { dockerHost } from "../../components/platforms/docker";
import { obtainEngine } from "../../toolchain/engine";
import { obtainImage } from "../../toolchain/images";
import { obtainPulumi } from "../../toolchain/pulumi";
import { until } from "../support/until";

const host = "sightline-jobs";
const secret = (text: string) => ({ secret: pulumi.secret(text) });

describe("jobs on a Docker host, live", function () {
  this.timeout(300_000);
  const scratch = mkdtempSync(join(tmpdir(), "sightline-jobs-"));
  let stack: Stack;
  let workloads: readonly Workload[] = [];
  let job: Workload;
  let step: Step;

  before(async () => {
    await obtainEngine({ confirm: async () => true });
    const image = await obtainImage("esRollover");
    assert.ok(image.origin !== "unavailable");
    step = {
      name: "prepare",
      image,
      command: ["/bin/sh"],
      // It fails at first, as while a store is not there yet.
      args: [
        "-c",
        'read mode < /etc/job/mode; echo "$mode $TOKEN" | tee -a /dev/shm/tries; [ "$(wc -l < /dev/shm/tries)" -ge "$TRIES" ]',
      ],
      env: { TRIES: "3", TOKEN: secret("s3cret-step") },
    };
    job = {
      name: "job",
      component: "test:Job",
      image,
      command: ["/bin/sh"],
      args: ["-c", 'echo "ran $0 $TOKEN"', "an argument"],
      env: { TOKEN: secret("s3cret-job") },
      files: { "/etc/job/mode": { content: "first\n" } },
      ports: {},
      repeat: "1s",
      first: [step],
      memory: "64 MiB",
    };
    const { command, env } = await obtainPulumi({ plugins: ["docker"] });
    process.env["PATH"] = [dirname(command), process.env["PATH"]].join(delimiter);
    const backend = join(scratch, "state");
    mkdirSync(backend);
    stack = await LocalWorkspace.createOrSelectStack(
      {
        stackName: "jobs",
        projectName: "jobs",
        program: async () => {
          const platform = dockerHost({ name: host });
          for (const workload of workloads) new Component(workload, platform);
        },
      },
      {
        envVars: { ...env, PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "" },
        projectSettings: { name: "jobs", runtime: "nodejs", backend: { url: `file://${backend}` } },
      },
    );
  });

  after(async () => {
    await stack?.destroy();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** Brings workloads up and checks that nothing is left to do, also after a refresh; gives what was replaced. */
  async function up(...wanted: readonly Workload[]): Promise<string[]> {
    workloads = wanted;
    const replaced: string[] = [];
    const onEvent = ({ resourcePreEvent: event }: EngineEvent) => {
      if (event?.metadata.op === "create-replacement") replaced.push(event.metadata.urn.split("::").at(-1)!);
    };
    await stack.up({ onEvent });
    await stack.preview({ expectNoChanges: true });
    await stack.refresh();
    await stack.preview({ expectNoChanges: true });
    return replaced.sort();
  }

  it("runs what comes first until it succeeds, then the job again and again", async () => {
    await up(job);
    const [first, running] = [await inspect("job-prepare"), await inspect("job")];
    assert.deepEqual([first.State.Status, first.State.ExitCode], ["exited", 0]);
    assert.ok(first.State.FinishedAt < running.State.StartedAt, `${first.State.FinishedAt} ${running.State.StartedAt}`);
    assert.deepEqual(await logOf("job-prepare"), Array(3).fill("first s3cret-step"));
    const before = (await logOf("job")).length;
    let ran: string[] = [];
    await until("the job has run twice more", async () => (ran = await logOf("job")).length >= before + 2);
    assert.deepEqual([...new Set(ran)], ["ran an argument s3cret-job"]);
    assert.equal((await inspect("job")).RestartCount, 0);
  });

  it("has no right it does not need, and ends when it is told to", async () => {
    const { HostConfig, Config } = await inspect("job");
    assert.deepEqual([HostConfig.ReadonlyRootfs, HostConfig.CapDrop], [true, ["ALL"]]);
    assert.equal(Config.User, "10001:10001");
    const started = Date.now();
    await docker("stop", "--time", "30", `${host}-job`);
    assert.ok(Date.now() - started < 10_000, "it was killed");
    assert.equal((await inspect("job")).State.ExitCode, 0);
    await docker("start", `${host}-job`);
  });

  it("runs what comes first again when it has changed, before the job that comes after it", async () => {
    const env = { ...step.env, TRIES: "1" };
    assert.deepEqual(await up({ ...job, first: [{ ...step, env }] }), ["job", "job-prepare"]);
    assert.deepEqual(await logOf("job-prepare"), ["first s3cret-step"]);
    assert.deepEqual(await up({ ...job, first: [{ ...step, env }], repeat: "2s" }), ["job"]);
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    const { stdout } = await docker("container", "ls", "--all", "--quiet", "--filter", `name=${host}`);
    assert.equal(stdout, "");
  });
});

interface Container {
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly FinishedAt: string;
  };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly CapDrop: readonly string[] };
  readonly Config: { readonly User: string };
}

const docker = (...args: readonly string[]) => execa("docker", args);

async function inspect(name: string): Promise<Container> {
  const [container] = JSON.parse((await docker("inspect", `${host}-${name}`)).stdout) as [Container];
  return container;
}

const logOf = async (name: string): Promise<string[]> =>
  (await docker("logs", `${host}-${name}`)).stdout.split("\n").filter((line) => line !== "");
