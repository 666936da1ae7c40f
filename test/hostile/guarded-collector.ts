import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { budgets } from "../../components/collector/budgets";
import { limitsAlong } from "../../components/collector/limits";
import type { Endpoint } from "../../components/core/platform";
import { inMebibytes, type Size } from "../../components/core/units";
import { guardPorts } from "../../components/guard/config";
import { guard } from "../../components/guard/workload";
import { start, type Measured } from "../bench/process";
import { freePorts } from "../binaries/jaeger-process";
import { limitedCollector, type Backends, type LimitedCollector } from "../binaries/limited-collector";

/** A guard and the Collector behind it, as a dev stack has them, each with the memory of its container. */
export interface GuardedCollector {
  readonly collector: LimitedCollector;
  /** Where services send: by OTLP/HTTP, and by OTLP/gRPC as host and port. */
  readonly url: string;
  readonly grpc: string;
  readonly process: Measured;
  /** Memory of the guard's container, in MiB. */
  readonly limit: number;
  /** Sum of the series of one of its metrics that have these labels, each as Prometheus writes it. */
  value(metric: string, ...labels: readonly string[]): Promise<number>;
  stop(): Promise<void>;
}

/** Senders are addresses of this machine, so the guard listens on all of them. */
export async function guardedCollector(
  binaries: { readonly "otelcol-contrib": string; readonly "sightline-guard": string },
  folder: string,
  backends: Backends,
): Promise<GuardedCollector> {
  const memory: Size = "512 MiB";
  const raw = { memory: { collector: memory } };
  const collector = await limitedCollector(binaries["otelcol-contrib"], folder, backends, raw);
  const described = guard("guard", {
    collector: {
      grpc: endpoint(collector.grpc),
      http: endpoint(new URL(collector.url).host),
      memory,
      takes: limitsAlong(1, memory)[0]!.takes,
      services: budgets(memory).services,
    },
  });
  const ports = await freePorts(new Set(Object.values(guardPorts).map(({ port }) => port)));
  const [written] = Object.values(described.files ?? {});
  const text = written !== undefined && "content" in written ? String(written.content) : "";
  const file = join(folder, "guard.json");
  writeFileSync(
    file,
    Object.values(guardPorts).reduce((config, { port }) => config.replace(`":${port}"`, `":${ports.get(port)}"`), text),
  );
  const own = `http://127.0.0.1:${ports.get(guardPorts.metrics.port)}`;
  const { GOMEMLIMIT } = described.env as Record<string, string>;
  const process = await start(binaries["sightline-guard"], [`-config=${file}`], `${own}/`, join(folder, "guard.log"), {
    GOMEMLIMIT: GOMEMLIMIT!,
  });
  return {
    collector,
    url: `http://127.0.0.1:${ports.get(4318)}`,
    grpc: `127.0.0.1:${ports.get(4317)}`,
    process,
    limit: inMebibytes(described.memory),
    value: async (metric, ...labels) =>
      (await (await fetch(`${own}/metrics`)).text())
        .split("\n")
        .filter((line) => line.startsWith(metric) && "{ ".includes(line[metric.length]!))
        .filter((line) => labels.every((label) => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0),
    stop: async () => {
      await process.stop();
      await collector.stop();
    },
  };
}

function endpoint(address: string): Endpoint {
  const [host, port] = address.split(":") as [string, string];
  return { host, port: Number(port) };
}
