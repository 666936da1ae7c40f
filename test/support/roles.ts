import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { yaml, type Config } from "../../components/core/config";
import type { Endpoint } from "../../components/core/platform";
import { limitsAlong, type Limits } from "../../components/collector/limits";
import { otelCollector } from "../../components/collector/workload";
import { traceStorage } from "../../components/storage";
import type { RoleName } from "../../configs/roles";
import { settingsFrom } from "../../configs/schema";
import { pipelinesOf } from "../../stacks/pipelines";
import { start, type Measured } from "../bench/process";
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
  close(): Promise<void>;
}

const processes = ["sampler-0", "sampler-1", "gateway", "agent"] as const;
export type Process = (typeof processes)[number];

const local = (port: number): Endpoint => ({ host: "127.0.0.1", port, of: { workload: "local", port: "any" } });
const text = (value: unknown): string => JSON.stringify(value);

/** Each process has ten ports: what ends in 7 is OTLP/gRPC, in 8 OTLP/HTTP, in 3 health, in 9 metrics. */
const base = (name: Process): number => 23_400 + 10 * processes.indexOf(name);

/**
 * Starts the chain with settings as in a stack's file. Configurations are those of the roles; only addresses differ, names
 * of samplers are a list, and spans end in sinks.
 */
export async function startChain(
  binary: string,
  folder: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<Chain> {
  const settings = settingsFrom("prod", { roles: ["agent", "gateway", "sampler"], ...raw });
  const [agent, gateway, sampler] = limitsAlong(3, settings.memory.agent) as [Limits, Limits, Limits];
  const limits = { agent, gateway, sampler, collector: agent };
  const samplers = [await otlpSink(), await otlpSink()] as const;
  const metrics = await otlpSink();
  const running = new Map<Process, Measured>();

  const configOf = (name: Process): Config => {
    const role = name.replace(/-\d$/, "") as RoleName;
    const next = { agent: local(base("gateway") + 7), gateway: local(0), sampler: local(0), collector: local(0) }[role];
    const sink = local(Number(new URL(metrics.url).port));
    const { files = {} } = otelCollector(role, {
      pipelines: pipelinesOf[role]({
        settings: { ...settings, agent: { ...settings.agent, hostMetrics: false } },
        storage: traceStorage(settings.storage),
        first: role === "agent",
        limits: limits[role],
        next,
        jaeger: { "otlp-grpc": local(1) },
        prometheus: { http: sink },
        logs: { http: sink },
      }),
    });
    const [file] = Object.values(files);
    return moved(parse(file !== undefined && "content" in file ? file.content : ""), name);
  };

  /** The same configuration with addresses of this machine. */
  const moved = (config: Config, name: Process): Config => {
    const addresses: Readonly<Record<string, string>> = {
      "0.0.0.0:4317": `127.0.0.1:${base(name) + 7}`,
      "0.0.0.0:4318": `127.0.0.1:${base(name) + 8}`,
      "0.0.0.0:13133": `127.0.0.1:${base(name) + 3}`,
      "/var/lib/otelcol": join(folder, name),
      '"host":"0.0.0.0","port":8888': `"host":"127.0.0.1","port":${base(name) + 9}`,
      "/api/v1/otlp": "",
      '/otlp"': '"',
      '"dns":': '"unused":',
    };
    const replaced = Object.entries(addresses).reduce((all, [from, to]) => all.replaceAll(from, to), text(config));
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
      writeFileSync(file, yaml(configOf(name)));
      process.env["HOSTNAME"] ??= "chain";
      const ready = `http://127.0.0.1:${base(name) + 3}/`;
      running.set(name, await start(binary, [`--config=${file}`], ready, join(folder, `${name}-${Date.now()}.log`)));
    },
    async stop(name, signal = "SIGTERM") {
      const held = running.get(name);
      running.delete(name);
      if (held !== undefined && signal !== "SIGTERM") process.kill(held.pid, signal);
      await held?.stop();
    },
    scrape: async (name) => (await fetch(`http://127.0.0.1:${base(name) + 9}/metrics`)).text(),
    async close() {
      for (const name of [...running.keys()].reverse()) await chain.stop(name);
      await Promise.all([...samplers, metrics].map((sink) => sink.close()));
    },
  };
  for (const name of processes) await chain.start(name);
  return chain;
}
