import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { execa } from "execa";
import { Component } from "../../components/component";
import { dockerHost } from "../../components/platforms/docker";
import { reference, type Workload } from "../../components/core/workload";
import { dockerHolder } from "../../cli/held/docker";
import { defaultHost } from "../../toolchain/docker";
import { obtainEngine } from "../../toolchain/engine";
import { obtainPulumi } from "../../toolchain/pulumi";

const host = "sightline-probe";
const image = { repository: "sightline/probe", tag: "1.0.0", user: "65534:65534" } as const;
const secret = (text: string) => ({ secret: pulumi.secret(text) });

/** Owned by root: a data volume, files in three folders, one of them on the volume. */
const probe: Workload = {
  name: "probe",
  component: "test:Probe",
  image,
  args: ["serve"],
  env: {
    READ: "/etc/probe/a.yaml /etc/probe/rules/b.yaml /etc/probe/shipped /data/conf/c.txt /etc/secret/key",
    WRITE: "/data /scratch",
    LOOKUP: "probe owner",
    SECRET: secret("s3cret-env"),
  },
  files: {
    "/etc/probe/a.yaml": { content: "a: 1\n" },
    "/etc/probe/rules/b.yaml": { content: "b: 1\n" },
    "/data/conf/c.txt": { content: "c" },
    "/etc/secret/key": secret("s3cret-file"),
  },
  volumes: {
    "/data": { kind: "persistent", name: "data", size: "1 GiB" },
    "/scratch": { kind: "scratch", size: "16 MiB" },
    "/host": { kind: "host", path: "/usr/share" },
  },
  ports: { http: { port: 8080, reach: "outside", outside: 28080 } },
  health: { port: "http", path: "/", command: ["/probe", "ready"] },
  memory: "64 MiB",
  cpu: 0.5,
  grace: "2s",
};

/** Runs as the image's own user, on a folder that the image gives to it. */
const owner: Workload = {
  name: "owner",
  component: "test:Owner",
  image,
  env: { WRITE: "/var/lib/probe" },
  volumes: { "/var/lib/probe": { kind: "persistent", name: "data", size: "1 GiB", ownedByImage: true } },
  ports: { http: { port: 8080, reach: "outside", outside: 28081 } },
  memory: "64 MiB",
  grace: "2s",
};

describe("a Docker host, live", function () {
  this.timeout(300_000);
  const scratch = mkdtempSync(join(tmpdir(), "sightline-probe-"));
  const holder = dockerHolder({ stack: host, host: defaultHost });
  let stack: Stack;
  let workloads: readonly Workload[] = [];

  before(async () => {
    await obtainEngine({ confirm: async () => true });
    const { command, env } = await obtainPulumi({ plugins: ["docker"] });
    process.env["PATH"] = [dirname(command), process.env["PATH"]].join(delimiter);
    await buildImage(scratch);
    const backend = join(scratch, "state");
    mkdirSync(backend);
    stack = await LocalWorkspace.createOrSelectStack(
      {
        stackName: "live",
        projectName: "probe",
        program: async () => {
          const platform = dockerHost({ name: host });
          for (const workload of workloads) new Component(workload, platform);
        },
      },
      {
        envVars: { ...env, PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "" },
        projectSettings: { name: "probe", runtime: "nodejs", backend: { url: `file://${backend}` } },
      },
    );
  });

  after(async () => {
    await stack?.destroy();
    await holder.delete(await holder.list());
    await docker("image", "rm", "--force", reference(image));
    rmSync(scratch, { recursive: true, force: true });
  });

  /** Brings workloads up and checks that nothing is left to do; gives what was replaced. */
  async function up(...wanted: readonly Workload[]): Promise<string[]> {
    workloads = wanted;
    const replaced: string[] = [];
    const onEvent = ({ resourcePreEvent: event }: EngineEvent) => {
      if (event?.metadata.op === "create-replacement") replaced.push(event.metadata.urn.split("::").at(-1)!);
    };
    await stack.up({ onEvent });
    await stack.preview({ expectNoChanges: true });
    return replaced.sort();
  }

  it("carries out a description, and finds nothing to change, also after a refresh", async () => {
    await up(probe, owner);
    const capabilities = "0000000000000000";
    assert.deepEqual(await ask(28080), {
      Args: ["serve"],
      User: 0,
      Secret: "s3cret-env",
      Files: {
        "/etc/probe/a.yaml": "a: 1\n",
        "/etc/probe/rules/b.yaml": "b: 1\n",
        // What the image has in the same folder is still there.
        "/etc/probe/shipped": "by the image\n",
        "/data/conf/c.txt": "c",
        "/etc/secret/key": "s3cret-file",
      },
      Unwritable: { "/": "open /starts: read-only file system" },
      Neighbours: { probe: "found", owner: "found" },
      Capabilities: capabilities,
    });
    const { User, Unwritable, Capabilities } = await ask(28081);
    assert.deepEqual(
      { User, Unwritable, Capabilities },
      {
        User: 65534,
        Unwritable: { "/": "open /starts: read-only file system" },
        Capabilities: capabilities,
      },
    );
    await stack.refresh();
    await stack.preview({ expectNoChanges: true });
  });

  it("keeps secrets out of its state", () => {
    const folder = join(scratch, "state", ".pulumi", "stacks");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 0);
    for (const file of files) assert.doesNotMatch(readFileSync(join(file.parentPath, file.name), "utf8"), /s3cret/);
  });

  it("replaces what reads a changed file, and nothing else", async () => {
    const files = { ...probe.files, "/etc/probe/a.yaml": { content: "a: 2\n" } };
    assert.deepEqual(await up({ ...probe, files }, owner), ["probe", "probe-files", "probe-files-etc-probe"]);
    assert.equal((await ask(28080)).Files["/etc/probe/a.yaml"], "a: 2\n");
    assert.equal(await starts("probe-data"), 2);
  });

  it("replaces what reads a changed secret", async () => {
    const files = { ...probe.files, "/etc/secret/key": secret("s3cret-new") };
    await up(probe, owner);
    assert.deepEqual(await up({ ...probe, files }, owner), ["probe", "probe-files"]);
    assert.equal((await ask(28080)).Files["/etc/secret/key"], "s3cret-new");
  });

  it("replaces what loses its arguments", async () => {
    await up(probe, owner);
    assert.deepEqual(await up({ ...probe, args: [] }, owner), ["probe"]);
    assert.deepEqual((await ask(28080)).Args, []);
  });

  it("brings a process back that was killed, with its data and its name", async () => {
    const before = await starts("probe-data");
    const { stdout: pid } = await docker("inspect", "--format", "{{.State.Pid}}", `${host}-probe`);
    process.kill(Number(pid), "SIGKILL");
    while ((await starts("probe-data")) === before) await sleep(100);
    assert.equal((await ask(28080)).Neighbours["probe"], "found");
  });

  it("leaves data that its program has no more, and finds it again when it comes back", async () => {
    const before = await starts("owner-data");
    await up(probe);
    assert.deepEqual(
      (await holder.list()).filter(({ data, used }) => data && used === false).map(({ name }) => name),
      [`${host}-owner-data`],
    );
    await up(probe, owner);
    while ((await starts("owner-data")) === before) await sleep(100);
    assert.equal(await starts("owner-data"), before + 1);
  });

  it("leaves data to whoever deletes it by hand", async () => {
    const { deployment } = await stack.exportStack();
    const kept = (deployment.resources as { urn: string; inputs?: { labels?: { value: string }[] } }[])
      .filter(({ inputs }) => inputs?.labels?.some(({ value }) => value === "data"))
      .map(({ urn }) => urn);
    await stack.destroy({ exclude: kept });
    assert.deepEqual(await left(), [`${host}-owner-data`, `${host}-probe-data`]);
    await stack.destroy();
    assert.deepEqual(await left(), [`${host}-owner-data`, `${host}-probe-data`], "deleted by hand alone");
    await holder.delete(await holder.list());
    assert.deepEqual(await left(), []);
  });
});

interface Report {
  readonly Args: readonly string[];
  readonly User: number;
  readonly Secret: string;
  readonly Files: Readonly<Record<string, string>>;
  readonly Unwritable: Readonly<Record<string, string>>;
  readonly Neighbours: Readonly<Record<string, string>>;
  readonly Capabilities: string;
}

/** What the process behind a port says of itself, once it answers. */
async function ask(port: number): Promise<Report> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Report;
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(100);
    }
  }
}

const docker = (...args: readonly string[]) => execa("docker", args);

/** How often a process started that has this data. */
async function starts(volume: string): Promise<number> {
  const { stdout: folder } = await docker("volume", "inspect", "--format", "{{.Mountpoint}}", `${host}-${volume}`);
  return readFileSync(join(folder, "starts"), "utf8").trim().split("\n").length;
}

/** Containers, networks and volumes of ours. */
async function left(): Promise<string[]> {
  const ours = ["--filter", `label=dev.sightline.stack=${host}`];
  const lists = await Promise.all([
    docker("container", "ls", "--all", ...ours, "--format", "{{.Names}}"),
    docker("network", "ls", ...ours, "--format", "{{.Name}}"),
    docker("volume", "ls", ...ours, "--format", "{{.Name}}"),
  ]);
  return lists.flatMap(({ stdout }) => stdout.split("\n").filter((line) => line !== "")).sort();
}

/** Makes an image as official ones are: one static program, its own user, a folder that belongs to it. */
async function buildImage(scratch: string): Promise<void> {
  const root = join(scratch, "root");
  for (const folder of ["etc/probe", "var/lib/probe"]) mkdirSync(join(root, folder), { recursive: true });
  const env = { CGO_ENABLED: "0" };
  await execa("go", ["build", "-o", join(root, "probe"), "."], { cwd: join(__dirname, "probe"), env });
  await execa("cp", [join(__dirname, "probe", "shipped"), join(root, "etc/probe/shipped")]);
  await execa("chown", ["65534:65534", join(root, "var/lib/probe")]);
  const changes = ['ENTRYPOINT ["/probe"]', "USER 65534"].flatMap((change) => ["--change", change]);
  const archive = join(scratch, "root.tar");
  await execa("tar", ["--create", "--numeric-owner", "--file", archive, "--directory", root, "."]);
  await docker("import", ...changes, archive, reference(image));
}
