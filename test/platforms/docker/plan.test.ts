import assert from "node:assert/strict";
import { dockerPlanner } from "../../../components/platforms/docker/plan";
import type { PlannedObject } from "../../../components/core/platform";
import type { Workload } from "../../../components/core/workload";
import { label } from "../../support/recorder";
import { agent } from "../../support/platform-contract";

const planner = dockerPlanner({ name: "sightline-dev" });
const bare: Workload = {
  name: "bare",
  component: "test:Bare",
  image: { repository: "example/bare", tag: "1.0.0", digest: "sha256:1234", user: "65534:65534" },
  ports: { http: { port: 80, reach: "outside" } },
  memory: "64 MiB",
};

/** Inputs as they are printed: references by what they refer to. */
const inputs = (workload: Workload, wanted: string, plan = planner.plan([workload])): Record<string, unknown> =>
  JSON.parse(JSON.stringify(plan.find((object) => label(object).endsWith(wanted))?.inputs));
const container = (workload: Workload) => inputs(workload, `container:Container ${workload.name}`);
const names = (plan: readonly PlannedObject[], type: string) =>
  plan.filter((object) => object.type.endsWith(type)).map((object) => object.inputs["name"]);

const refer = (to: string, type: string, output: string) => ({ to, type: `docker:index/${type}`, output });

describe("docker plan", () => {
  it("is a network, and for each workload its image, its volumes, its files and its containers", () => {
    assert.deepEqual(planner.plan([agent]).map(label), [
      "docker:index/network:Network sightline-dev",
      "docker:index/remoteImage:RemoteImage agent-image",
      "docker:index/volume:Volume agent-data",
      "docker:index/volume:Volume agent-files-etc-agent",
      "docker:index/container:Container agent-files",
      "docker:index/container:Container agent",
    ]);
  });

  it("names everything on the engine after the stack, and files after their content", () => {
    const plan = planner.plan([agent]);
    assert.deepEqual(names(plan, "Network"), ["sightline-dev"]);
    assert.deepEqual(names(plan, "Volume"), [
      "sightline-dev-agent-data",
      "sightline-dev-agent-files-etc-agent-97117bb4bb",
    ]);
    assert.deepEqual(names(plan, "Container"), ["sightline-dev-agent-files", "sightline-dev-agent"]);
  });

  it("takes an image that is there, and never removes one", () => {
    assert.deepEqual(inputs(bare, "bare-image"), { name: "example/bare:1.0.0@sha256:1234", keepLocally: true });
  });

  it("runs a container without any right it does not need", () => {
    assert.deepEqual(container(bare), {
      name: "sightline-dev-bare",
      hostname: "bare",
      image: refer("bare-image", "remoteImage:RemoteImage", "imageId"),
      envs: [],
      user: "65534:65534",
      readOnly: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      networksAdvanced: [{ name: refer("sightline-dev", "network:Network", "name"), aliases: ["bare"] }],
      ports: [{ internal: 80, external: 80, ip: "127.0.0.1", protocol: "tcp" }],
      mounts: [],
      memory: 64,
      memorySwap: 64,
      restart: "unless-stopped",
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      stopTimeout: 30,
      destroyGraceSeconds: 30,
      labels: [
        { label: "dev.sightline.stack", value: "sightline-dev" },
        { label: "dev.sightline.workload", value: "bare" },
        { label: "dev.sightline.component", value: "test:Bare" },
        { label: "dev.sightline.command", value: "900533fc37" },
      ],
    });
  });

  it("gives the process what it is described with", () => {
    const { command, envs, cpuShares, stopTimeout, destroyGraceSeconds, ports } = container(agent);
    assert.deepEqual(
      { command, envs, cpuShares, stopTimeout, destroyGraceSeconds, ports },
      {
        command: ["--config=/etc/agent/agent.yaml"],
        envs: ["LOG=info", "TOKEN=[secret]"],
        cpuShares: 512,
        stopTimeout: 20,
        destroyGraceSeconds: 20,
        ports: [{ internal: 4317, external: 14317, ip: "127.0.0.1", protocol: "tcp" }],
      },
    );
  });

  it("counts scratch volumes as memory, since they are", () => {
    const { memory, memorySwap } = container(agent);
    assert.deepEqual({ memory, memorySwap }, { memory: 256 + 64, memorySwap: 256 + 64 });
  });

  it("fills a volume for each directory of files, and mounts it read-only", () => {
    const files = {
      "/etc/agent/agent.yaml": { content: "a" },
      "/etc/agent/rules/b.yaml": { content: "b" },
      "/opt/agent/c.json": { secret: "c" },
    } as const;
    const workload: Workload = { ...bare, files };
    const mounted = (role: string, target: string) => ({
      type: "volume",
      source: refer(`bare-files-${role}`, "volume:Volume", "name"),
      target,
    });
    assert.deepEqual(inputs(workload, "bare-files"), {
      name: "sightline-dev-bare-files",
      image: refer("bare-image", "remoteImage:RemoteImage", "imageId"),
      start: false,
      mustRun: false,
      networkMode: "none",
      mounts: [mounted("etc-agent", "/etc/agent"), mounted("opt-agent", "/opt/agent")],
      uploads: [
        { file: "/etc/agent/agent.yaml", content: "a", permissions: "0444" },
        { file: "/etc/agent/rules/b.yaml", content: "b", permissions: "0444" },
        { file: "/opt/agent/c.json", content: "[secret]", permissions: "0444" },
      ],
      labels: [
        { label: "dev.sightline.stack", value: "sightline-dev" },
        { label: "dev.sightline.workload", value: "bare" },
        { label: "dev.sightline.component", value: "test:Bare" },
      ],
    });
    assert.deepEqual(container(workload)["mounts"], [
      { ...mounted("etc-agent", "/etc/agent"), readOnly: true },
      { ...mounted("opt-agent", "/opt/agent"), readOnly: true },
    ]);
  });

  it("replaces containers whenever their files are written anew, secret ones too", () => {
    assert.deepEqual((container(agent)["labels"] as unknown[]).at(-1), {
      label: "dev.sightline.files",
      value: refer("agent-files", "container:Container", "id"),
    });
  });

  it("mounts scratch in memory, data from a named volume, and folders of the machine read-only", () => {
    const volumes = {
      "/tmp": { kind: "scratch", size: "16 MiB" },
      "/data": { kind: "persistent", name: "data", size: "1 GiB" },
      "/hostfs": { kind: "host", path: "/" },
    } as const;
    assert.deepEqual(container({ ...bare, volumes })["mounts"], [
      { type: "tmpfs", target: "/tmp", tmpfsOptions: { sizeBytes: 16 * 1024 ** 2 } },
      { type: "volume", target: "/data", source: refer("bare-data", "volume:Volume", "name") },
      { type: "bind", target: "/hostfs", source: "/", readOnly: true },
    ]);
  });

  it("marks what holds data, so that taking a stack down can keep it", () => {
    assert.deepEqual(inputs(agent, "agent-data"), {
      name: "sightline-dev-agent-data",
      labels: [
        { label: "dev.sightline.stack", value: "sightline-dev" },
        { label: "dev.sightline.workload", value: "agent" },
        { label: "dev.sightline.holds", value: "data" },
      ],
    });
  });

  it("lets a process write into a new volume as root without rights, into one of its image as itself", () => {
    const data = { kind: "persistent", name: "data", size: "1 GiB" } as const;
    assert.equal(container({ ...bare, volumes: { "/data": data } })["user"], "0:0");
    assert.equal(container({ ...bare, volumes: { "/data": { ...data, ownedByImage: true } } })["user"], "65534:65534");
  });

  it("asks only a command that the image has, and writes times as Go prints them", () => {
    const health = { port: "http", path: "/", startup: "90s" } as const;
    assert.equal(container({ ...bare, health })["healthcheck"], undefined);
    assert.deepEqual(container({ ...bare, health: { ...health, command: ["/bare", "ready"] } })["healthcheck"], {
      tests: ["CMD", "/bare", "ready"],
      interval: "10s",
      timeout: "5s",
      retries: 3,
      startPeriod: "1m30s",
    });
  });

  it("waits for what others need ready before they start", () => {
    const health = { port: "http", command: ["/bare", "ready"], startup: "90s" } as const;
    const waits = ({ wait, waitTimeout }: Readonly<Record<string, unknown>>) => [wait, waitTimeout];
    assert.deepEqual(waits(container({ ...bare, health })), [undefined, undefined]);
    assert.deepEqual(waits(container({ ...bare, health, awaited: true })), [true, 90]);
  });

  it("adds replicas beside the first container, under one alias", () => {
    const plan = planner.plan([{ ...bare, ports: { http: { port: 80 } }, placement: { replicas: 3 } }]);
    assert.deepEqual(names(plan, "Container"), ["sightline-dev-bare", "sightline-dev-bare-2", "sightline-dev-bare-3"]);
    assert.deepEqual(
      plan
        .filter(({ type }) => type.endsWith("Container"))
        .map(({ inputs: { hostname, networksAdvanced } }) => [
          hostname,
          (networksAdvanced as { aliases: string[] }[]).map(({ aliases }) => aliases),
        ]),
      ["bare", "bare-2", "bare-3"].map((name) => [name, [["bare"]]]),
    );
  });

  it("runs one container where every node gets one", () => {
    assert.deepEqual(names(planner.plan([{ ...bare, placement: "every-node" }]), "Container"), ["sightline-dev-bare"]);
  });

  it("has one network for all workloads", () => {
    assert.deepEqual(names(planner.plan([agent, bare]), "Network"), ["sightline-dev"]);
  });

  it("publishes single ports on addresses of their own", () => {
    const { plan } = dockerPlanner({ name: "x", bindAddress: "10.0.0.1", bindAddresses: { "agent/otlp": "0.0.0.0" } });
    const ips = plan([agent, bare]).flatMap(({ inputs: { ports } }) => (ports ?? []) as { ip: string }[]);
    assert.deepEqual(
      ips.map(({ ip }) => ip),
      ["0.0.0.0", "10.0.0.1"],
    );
  });
});
