import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { otelCollector } from "../../components/collector/workload";
import { yaml, type Config } from "../../components/core/config";
import type { Endpoint } from "../../components/core/platform";
import { inMebibytes } from "../../components/core/units";
import { settingsFrom } from "../../configs/settings-from";
import { start } from "../bench/process";
import { pipelinesAt } from "../support/hop";
import { freePorts } from "./jaeger-process";

/** The Collector of a dev stack on this machine, with the memory that its settings give it. */
export interface LimitedCollector {
  /** Where services send, by OTLP/HTTP. */
  readonly url: string;
  /** Where services send, by OTLP/gRPC: host and port. */
  readonly grpc: string;
  /** Where it shows what it measures of itself. */
  readonly metrics: string;
  /** Memory that its container would have, in MiB. */
  readonly limit: number;
  /** Most memory it ever held, in MiB, with the pages of its program and its files. */
  peakMebibytes(): number;
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

/** Backends, each with the port on 127.0.0.1 where it takes OTLP/HTTP. */
export interface Backends {
  readonly jaeger: number;
  readonly prometheus: number;
}

const local = (port: number): Endpoint => ({ host: "127.0.0.1", port, of: { workload: "local", port: "any" } });

/** Starts it with settings as in a stack's file. Only addresses differ from what a stack runs. */
export async function limitedCollector(
  binary: string,
  folder: string,
  { jaeger, prometheus }: Backends,
  raw: Readonly<Record<string, unknown>> = {},
): Promise<LimitedCollector> {
  const settings = settingsFrom("dev", raw);
  const { files = {}, env = {} } = otelCollector("collector", {
    memory: settings.memory.collector,
    pipelines: pipelinesAt(settings, 0, {
      next: local(jaeger),
      prometheus: local(prometheus),
      logs: local(prometheus),
    }),
  });
  const [written] = Object.values(files);
  const text = written !== undefined && "content" in written ? String(written.content) : "";
  const listening = [4317, 4318, 13133, 8888];
  const ports = await freePorts(new Set(listening));
  const moved = listening
    .reduce((config, port) => config.replaceAll(`0.0.0.0:${port}`, `127.0.0.1:${ports.get(port)}`), text)
    .replaceAll("port: 8888", `port: ${ports.get(8888)}`)
    .replaceAll("host: 0.0.0.0", "host: 127.0.0.1")
    .replaceAll("/var/lib/otelcol", join(folder, "queue"))
    .replaceAll("otlp_grpc/jaeger", "otlp_http/jaeger");
  const config = parse(moved) as Config & { exporters: Record<string, Record<string, unknown>> };
  const toJaeger = config.exporters["otlp_http/jaeger"]!;
  Object.assign(toJaeger, { endpoint: `http://127.0.0.1:${jaeger}`, compression: "gzip" });
  delete toJaeger["balancer_name"];
  const file = join(folder, "collector.yaml");
  writeFileSync(file, yaml(config));
  const texts = Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === "string"));
  const health = `http://127.0.0.1:${ports.get(13133)}/`;
  const process = await start(
    binary,
    [`--config=${file}`],
    health,
    join(folder, "collector.log"),
    texts as Record<string, string>,
  );
  const metrics = `127.0.0.1:${ports.get(8888)}`;
  return {
    url: `http://127.0.0.1:${ports.get(4318)}`,
    grpc: `127.0.0.1:${ports.get(4317)}`,
    metrics,
    limit: inMebibytes(settings.memory.collector),
    peakMebibytes: process.peakMebibytes,
    scrape: async () => (await fetch(`http://${metrics}/metrics`)).text(),
    stop: process.stop,
  };
}
