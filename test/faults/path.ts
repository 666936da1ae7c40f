import { join } from "node:path";
import type { Endpoint, Planner } from "../../components/core/platform";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { freePorts } from "../binaries/jaeger-process";
import { testLogin } from "../support/login";
import { local, type Local } from "../storage/local";
import { openLink, type Link, type LinkState } from "./link";
import { startMachine, type Machine } from "./machine";
import { startNames, type Names } from "./names";

export const processes = [
  "agent",
  "gateway",
  "sampler-0",
  "sampler-1",
  "jaeger",
  "prometheus",
  "victorialogs",
] as const;
export type Process = (typeof processes)[number];

/** Whoever is sent to is changed before whoever sends. */
export const updateOrder: readonly Process[] = [...processes].reverse();

/** Ways that faults are put on, by where they lead. All samplers are one: a trace has to get through to each. */
export const links = ["gateway", "sampler-0", "sampler-1", "jaeger", "prometheus", "logs"] as const;
export type LinkName = (typeof links)[number];

/** Agent, gateway, two samplers, Jaeger with Badger, Prometheus and VictoriaLogs as a stack describes them, with a link before each. */
export interface Path {
  /** OTLP/HTTP of the agent: where services send. */
  readonly otlp: string;
  readonly jaeger: string;
  readonly prometheus: string;
  readonly logs: string;
  readonly process: (name: Process) => Local;
  /** What a Collector measures of itself, in the text format of Prometheus. */
  readonly metrics: (name: Process) => Promise<string>;
  readonly link: (name: LinkName, state: LinkState) => void;
  /** Ends each process and starts what it is by other settings, one after the other. */
  readonly update: (settings: object) => Promise<void>;
  /** Its disk holds the agent's queue; names are asked of {@link names}. */
  readonly machine: Machine;
  /** By which the gateway knows samplers. */
  readonly names: Names;
  close(): Promise<void>;
}

export interface Binaries {
  readonly "otelcol-contrib": string;
  readonly jaeger: string;
  readonly prometheus: string;
  readonly "victoria-logs": string;
}

/** How long a trace waits for its decision, in seconds. */
export const decisionWait = 2;

/** Prod in a size for two CPUs, that keeps every failed trace. */
const stack = {
  roles: ["agent", "gateway", "sampler"],
  queueSize: "256 MiB",
  agent: { hostMetrics: false },
  sampler: { replicas: 2, decisionWait: `${decisionWait}s` },
  tailSampling: { errors: true },
  grafana: false,
  memory: { agent: "512 MiB", gateway: "512 MiB", sampler: "1 GiB", jaeger: "1 GiB", prometheus: "1 GiB" },
};

/** Port on which a Collector shows its metrics. */
const metricsPort = 8888;
/** Where nobody listens. */
const nobody = 9;
/** Addresses of samplers, which have one port as pods have. */
export const samplers = { "sampler-0": "127.0.1.1", "sampler-1": "127.0.1.2" } as const;

/** What a stack of these settings runs, with neighbours where the links to them begin. */
function described(settings: object, ways: Readonly<Record<string, Pick<Link, "port">>>): readonly Workload[] {
  const { images: pinned, ...all } = settingsFrom("prod", { ...stack, ...settings });
  const older = { ...images.jaeger, tag: "2.13.0", version: "2.13.0" } as const;
  return observability({ ...all, images: { ...pinned, jaeger: older } }, planner(ways), {
    ...describedSecrets,
    login: testLogin,
  });
}

export async function startPath(binaries: Binaries, folder: string): Promise<Path> {
  const names = await startNames(Object.values(samplers));
  const agentDisk = join(folder, "agent", "var", "lib", "otelcol");
  const machine = await startMachine(join(folder, "machine"), agentDisk, names.address);
  const samplerPort = (await freePorts(new Set([4317]))).get(4317)!;
  const opened = links.map(async (name) => {
    const at = name in samplers ? { host: samplers[name as keyof typeof samplers], port: samplerPort } : {};
    return [name, await openLink(at)] as const;
  });
  const link = Object.fromEntries(await Promise.all(opened)) as Record<LinkName, Link>;
  const ways = {
    "gateway/otlp-grpc": link.gateway,
    "sampler/otlp-grpc": { port: samplerPort },
    "jaeger/otlp-grpc": link.jaeger,
    "prometheus/http": link.prometheus,
    "victorialogs/http": link.logs,
  };

  const programs: Readonly<Partial<Record<Process, keyof Binaries>>> = {
    jaeger: "jaeger",
    prometheus: "prometheus",
    victorialogs: "victoria-logs",
  };
  const workloads = described({}, ways);
  const started = processes.map(async (name): Promise<[Process, Local]> => {
    const program = machine.program(binaries[programs[name] ?? "otelcol-contrib"]);
    return [name, await local(program, workloadOf(name, workloads), join(folder, name))];
  });
  const running = Object.fromEntries(await Promise.all(started)) as Record<Process, Local>;
  const process = (name: Process): Local => running[name];
  for (const name of ["gateway", "sampler-0", "sampler-1", "jaeger"] as const)
    link[name].to(process(name).address(4317));
  link.prometheus.to(process("prometheus").address(9090));
  link.logs.to(process("victorialogs").address(9428));

  const close = async (): Promise<void> => {
    for (const name of processes) await process(name).stop(true);
    await Promise.all([...Object.values(link).map((each) => each.close()), names.close()]);
    await machine.close();
  };
  try {
    await Promise.all(processes.map((name) => process(name).start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    otlp: process("agent").url(4318),
    jaeger: process("jaeger").url(16686),
    prometheus: process("prometheus").url(9090),
    logs: process("victorialogs").url(9428),
    process,
    metrics: async (name) => (await fetch(`${process(name).url(metricsPort)}/metrics`)).text(),
    link: (name, state) => link[name].becomes(state),
    async update(settings) {
      const changed = described(settings, ways);
      for (const name of updateOrder) {
        await process(name).become(workloadOf(name, changed));
        await process(name).stop();
        await process(name).start();
      }
    },
    machine,
    names,
    close,
  };
}

/** Neighbours are on this machine, behind the links that lead to them. */
const planner = (ways: Readonly<Record<string, Pick<Link, "port">>>): Planner => ({
  kind: "processes",
  locate: (workload, ports) => {
    const at = (port: string): Endpoint => ({
      host: "127.0.0.1",
      peers: `${workload}.faults.test`,
      port: ways[`${workload}/${port}`]?.port ?? nobody,
      of: { workload, port },
    });
    return Object.fromEntries(Object.keys(ports).map((port) => [port, at(port)])) as Record<
      keyof typeof ports & string,
      Endpoint
    > as never;
  },
  plan: () => [],
});

/** Stores are told where to listen by an argument, as Collectors are by their files. */
const listening: Readonly<Partial<Record<Process, string>>> = {
  prometheus: "--web.listen-address=0.0.0.0:9090",
  victorialogs: "-httpListenAddr=0.0.0.0:9428",
};

/** What one process runs. */
function workloadOf(name: Process, workloads: readonly Workload[]): Workload {
  const workload = workloads.find((each) => each.name === name.replace(/-\d$/, ""))!;
  const more = listening[name];
  return {
    ...workload,
    args: [...(workload.args ?? []), ...(more === undefined ? [] : [more])],
    env: { ...workload.env, HOSTNAME: name, K8S_NODE_NAME: "faults" },
  };
}
