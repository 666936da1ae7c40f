import { connectsTo, hostPort, type Endpoint } from "../../core/platform";
import type { Exporter, Signal } from "../part";
import { queue, type QueueOptions } from "./queue";

export interface OtlpGrpcOptions {
  /** Tells several of them apart: `jaeger`. */
  readonly name: string;
  readonly to: Endpoint;
  /** Encrypts, and checks the receiver's certificate. @default - true for an endpoint outside the stack */
  readonly tls?: boolean;
  /** @default - in memory */
  readonly queue?: QueueOptions;
  /** @default "zstd", which costs the least CPU for its size (config/configgrpc/README.md of the Collector) */
  readonly compression?: "zstd" | "gzip" | "snappy" | "none";
}

/**
 * Sends over OTLP/gRPC.
 *
 * Source: exporter/otlpexporter of the Collector.
 */
export function otlpGrpc({
  name,
  to,
  tls = to.of === undefined,
  compression = "zstd",
  ...options
}: OtlpGrpcOptions): Exporter<Signal> {
  const { config, extensions } = queue(options.queue);
  return {
    role: "exporter",
    type: "otlp_grpc",
    formerly: { type: "otlp", before: "0.144.0" },
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: { endpoint: hostPort(to), tls: { insecure: !tls }, compression, ...config },
    needs: connectsTo(to),
    extensions,
  };
}
