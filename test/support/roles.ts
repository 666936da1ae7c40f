import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { yaml, type Config } from "../../components/core/config";
import type { Endpoint } from "../../components/core/platform";
import { inMebibytes } from "../../components/core/units";
import type { CollectorRole } from "../../components/tracing";
import { otelCollector } from "../../components/collector/workload";
import { settingsFrom, type Settings } from "../../configs/settings-from";
import { start, type Measured } from "../bench/process";
import { pipelinesAt } from "./hop";
import { memoryLimit, type MemoryLimit } from "./memory-limit";
import { otlpSink, type Sink } from "./otlp-sink";

/** Agent, gateway and two samplers of the prod stack on this machine, each of which ends in a sink of its own. */
export interface Chain {
  /** Where services send. */
  readonly url: string;
  readonly samplers: readonly [Sink, Sink];
  readonly metrics: Sink;
  start(name: Process): Promise<void>;
  /** Asks a process to end, and waits; `SIGKILL` leaves it no time. */
  stop(name: Process, signal?: NodeJS.Signals): Promise<void>;
  /** Everything a process measures of itself, in the text format of Prometheus. */
  scrape(name: Process): Promise<string>;
  /** Where it does: host and port. */
  metricsOf(name: Process): string;
  /**
   * Memory in MiB: the most that a process held since it was started, and what its container would have, beyond which it is
   * killed. No peak where this machine cannot limit it.
   */
  memory(name: Process): { readonly peak: number | undefined; readonly limit: number };
  close(): Promise<void>;
}

const processes = ["sampler-0", "sampler-1", "gateway", "agent"] as const;
export type Process = (typeof processes)[number];

/** What a chain has that others have not. */
export interface ChainOptions {
  /** Changes what settings cannot say from a file alone. @default - nothing */
  readonly settings?: (settings: Settings) => Settings;
  /** Changes the configuration of each process, as JSON. @default - nothing */
  readonly config?: (config: string) => string;
  /** Port on 127.0.0.1 where Prometheus takes OTLP. @default - points go to a sink */
  readonly prometheus?: number;
}

const roleOf = (name: Process): CollectorRole => name.replace(/-\d$/, "") as CollectorRole;
const local = (port: number): Endpoint => ({ host: "127.0.0.1", port, of: { workload: "local", port: "any" } });
const text = (value: unknown): string => JSON.stringify(value);

/** Each process has ten ports: what ends in 7 is OTLP/gRPC, in 8 OTLP/HTTP, in 3 health, in 9 metrics. */
const base = (name: Process): number => 23_400 + 10 * processes.indexOf(name);

/**
 * Starts the chain with settings as in a stack's file, and each process as its container has it.
 * Configurations are those of the roles; only addresses differ, names of samplers are a list, spans end in sinks, and
 * nothing is asked of a node or a cluster.
 */
export async function startChain(
  binary: string,
  folder: string,
  raw: Readonly<Record<string, unknown>>,
  { settings: changed = (settings) => settings, config: change = (config) => config, prometheus }: ChainOptions = {},
): Promise<Chain> {
  const written = changed(settingsFrom("prod", { roles: ["agent", "gateway", "sampler"], ...raw }));
  const settings: Settings = { ...written, platform: "docker", agent: { ...written.agent, hostMetrics: false } };
  const samplers = [await otlpSink(), await otlpSink()] as const;
  const metrics = await otlpSink();
  const running = new Map<Process, Measured>();
  const limits = new Map<Process, MemoryLimit | undefined>();

  const described = (name: Process) => {
    const role = roleOf(name);
    const sink = local(Number(new URL(metrics.url).port));
    const {
      files = {},
      args = [],
      env = {},
    } = otelCollector(role, {
      memory: settings.memory[role],
      pipelines: pipelinesAt(settings, settings.roles.indexOf(role), {
        next: local(role === "agent" ? base("gateway") + 7 : 1),
        prometheus: prometheus === undefined ? sink : local(prometheus),
        logs: sink,
      }),
    });
    const [file] = Object.values(files);
    const config = moved(parse(file !== undefined && "content" in file ? file.content : ""), name);
    const texts = Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { config, flags: args.slice(1), env: { ...Object.fromEntries(texts), HOSTNAME: name } };
  };

  /** The same configuration with addresses of this machine. */
  const moved = (config: Config, name: Process): Config => {
    const addresses: Readonly<Record<string, string>> = {
      "0.0.0.0:4317": `127.0.0.1:${base(name) + 7}`,
      "0.0.0.0:4318": `127.0.0.1:${base(name) + 8}`,
      "0.0.0.0:13133": `127.0.0.1:${base(name) + 3}`,
      "/var/lib/otelcol": join(folder, name),
      '"host":"0.0.0.0","port":8888': `"host":"127.0.0.1","port":${base(name) + 9}`,
      '"dns":': '"unused":',
    };
    const replaced = Object.entries(addresses).reduce(
      (all, [from, to]) => all.replaceAll(from, to),
      change(text(config)),
    );
    const result = JSON.parse(replaced) as { exporters: Record<string, Record<string, unknown>> } & Config;
    const { "load_balancing/sampler": balancing, "otlp_grpc/jaeger": toJaeger } = result.exporters;
    if (balancing) {
      const hostnames = [base("sampler-0"), base("sampler-1")].map((port) => `127.0.0.1:${port + 7}`);
      balancing["resolver"] = { static: { hostnames } };
    }
    if (toJaeger) {
      const { url } = samplers[name === "sampler-0" ? 0 : 1];
      delete result.exporters["otlp_grpc/jaeger"];
      result.exporters["otlp_http/jaeger"] = { ...toJaeger, endpoint: url, compression: "gzip" };
    }
    return JSON.parse(text(result).replaceAll("otlp_grpc/jaeger", "otlp_http/jaeger")) as Config;
  };

  const chain: Chain = {
    url: `http://127.0.0.1:${base("agent") + 8}`,
    samplers,
    metrics,
    async start(name) {
      const file = join(folder, `${name}.yaml`);
      const { config, flags, env } = described(name);
      writeFileSync(file, yaml(config));
      const limit = memoryLimit(name, inMebibytes(settings.memory[roleOf(name)]));
      limits.set(name, limit);
      const all = [`--config=${file}`, ...flags];
      const [command, args] = limit?.within(binary, all) ?? [binary, all];
      const ready = `http://127.0.0.1:${base(name) + 3}/`;
      running.set(name, await start(command, args, ready, join(folder, `${name}-${Date.now()}.log`), env));
    },
    async stop(name, signal = "SIGTERM") {
      const held = running.get(name);
      running.delete(name);
      if (held !== undefined && signal !== "SIGTERM") process.kill(held.pid, signal);
      await held?.stop();
      limits.get(name)?.remove();
      limits.delete(name);
    },
    metricsOf: (name) => `127.0.0.1:${base(name) + 9}`,
    scrape: async (name) => (await fetch(`http://${chain.metricsOf(name)}/metrics`)).text(),
    memory: (name) => ({
      peak: limits.get(name)?.peakMebibytes(),
      limit: inMebibytes(settings.memory[roleOf(name)]),
    }),
    async close() {
      for (const name of [...running.keys()].reverse()) await chain.stop(name);
      await Promise.all([...samplers, metrics].map((sink) => sink.close()));
    },
  };
  for (const name of processes) await chain.start(name);
  return chain;
}
