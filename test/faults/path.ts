import { join } from "node:path";
import type { Endpoint, Planner } from "../../components/core/platform";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { settingsFrom } from "../../configs/schema";
import { describedSecrets, observability } from "../../stacks/observability";
import { local, type Local } from "../storage/local";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { openLink, type Link, type LinkState } from "./link";

export const processes = ["agent", "gateway", "sampler-0", "sampler-1", "jaeger", "prometheus"] as const;
export type Process = (typeof processes)[number];

/** Ways that faults are put on, by where they lead. All samplers are one: a trace has to get through to each. */
export const links = ["gateway", "sampler-0", "sampler-1", "jaeger", "prometheus", "logs"] as const;
export type LinkName = (typeof links)[number];

/** Agent, gateway, two samplers, Jaeger with Badger and Prometheus as a stack describes them, with a link before each. */
export interface Path {
  /** OTLP/HTTP of the agent: where services send. */
  readonly otlp: string;
  readonly jaeger: string;
  readonly prometheus: string;
  /** Where log lines end. */
  readonly logs: Sink;
  readonly process: (name: Process) => Local;
  /** What a Collector measures of itself, in the text format of Prometheus. */
  readonly metrics: (name: Process) => Promise<string>;
  readonly link: (name: LinkName, state: LinkState) => void;
  close(): Promise<void>;
}

export interface Binaries {
  readonly "otelcol-contrib": string;
  readonly jaeger: string;
  readonly prometheus: string;
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

export async function startPath({ jaeger, prometheus, ...others }: Binaries, folder: string): Promise<Path> {
  const settings = settingsFrom("prod", stack);
  const older = { ...images.jaeger, tag: "2.13.0", version: "2.13.0" } as const;
  const opened = await Promise.all(links.map(async (name) => [name, await openLink()] as const));
  const link = Object.fromEntries(opened) as Record<LinkName, Link>;
  const logs = await otlpSink();
  link.logs.to(new URL(logs.url).host);

  const ways: Readonly<Record<string, Link>> = {
    "gateway/otlp-grpc": link.gateway,
    "jaeger/otlp-grpc": link.jaeger,
    "prometheus/http": link.prometheus,
    "victorialogs/http": link.logs,
  };
  const described = observability({ ...settings, images: { ...settings.images, jaeger: older } }, planner(ways), {
    ...describedSecrets,
  });
  const binaries = { agent: others["otelcol-contrib"], jaeger, prometheus };
  const running: Partial<Record<Process, Local>> = {};
  for (const name of [...processes].reverse()) {
    const workload = described.find((each) => each.name === name.replace(/-\d$/, ""))!;
    const binary = name === "jaeger" || name === "prometheus" ? binaries[name] : binaries.agent;
    const here = balancedOver([link["sampler-0"], link["sampler-1"]], listening(workload));
    running[name] = await local(
      binary,
      { ...here, env: { ...here.env, HOSTNAME: name, K8S_NODE_NAME: "faults" } },
      join(folder, name),
    );
  }
  const process = (name: Process): Local => running[name]!;
  for (const name of ["gateway", "sampler-0", "sampler-1", "jaeger"] as const)
    link[name].to(process(name).address(4317));
  link.prometheus.to(process("prometheus").address(9090));

  const close = async (): Promise<void> => {
    for (const name of processes) await process(name).stop(true);
    await Promise.all([...Object.values(link).map((each) => each.close()), logs.close()]);
  };
  try {
    for (const name of [...processes].reverse()) await process(name).start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    otlp: process("agent").url(4318),
    jaeger: process("jaeger").url(16686),
    prometheus: process("prometheus").url(9090),
    logs,
    process,
    metrics: async (name) => (await fetch(`${process(name).url(metricsPort)}/metrics`)).text(),
    link: (name, state) => link[name].becomes(state),
    close,
  };
}

/** Neighbours are on this machine, behind the links that lead to them. */
const planner = (ways: Readonly<Record<string, Link>>): Planner => ({
  kind: "processes",
  locate: (workload, ports) => {
    const at = (port: string): Endpoint => ({
      host: "127.0.0.1",
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

/** Prometheus is told by an argument, as other programs are by their files. */
const listening = (workload: Workload): Workload =>
  workload.name === "prometheus"
    ? { ...workload, args: [...(workload.args ?? []), "--web.listen-address=0.0.0.0:9090"] }
    : workload;

/** Gateways learn samplers from DNS, which names machines and not ports: here they are told. */
function balancedOver(samplers: readonly Link[], workload: Workload): Workload {
  const static_ = `static:\n        hostnames:\n${samplers.map(({ port }) => `          - 127.0.0.1:${port}\n`).join("")}`;
  const told = (text: string) => text.replace(/dns:\n {8}hostname: (?:.*\n) {8}port: .*\n(?: {8}.*\n)*/, static_);
  const files = Object.entries(workload.files ?? {}).map(([path, file]) => [
    path,
    "content" in file && typeof file.content === "string" ? { ...file, content: told(file.content) } : file,
  ]);
  return { ...workload, files: Object.fromEntries(files) };
}
