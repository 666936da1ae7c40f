import { httpUrl } from "../../core/platform";
import { within } from "../../core/problems";
import type { AbsolutePath } from "../../core/workload";
import type { Exporter, Signal } from "../part";
import { clientConfig, clientExtensions, clientNeeds, clientProblems, encrypts, type ClientOptions } from "./client";
import { queue, type QueueOptions } from "./queue";

export interface OtlpHttpOptions extends ClientOptions {
  /** Tells several of them apart: `prometheus`. */
  readonly name: string;
  /** Where OTLP begins; `/v1/traces` and so on is added. @default - at the root */
  readonly path?: AbsolutePath;
  /** @default - in memory */
  readonly queue?: QueueOptions | "none";
  /** @default "gzip", which every OTLP server has to know */
  readonly compression?: "gzip" | "zstd" | "snappy" | "none";
}

/**
 * Sends over OTLP/HTTP.
 *
 * Source: exporter/otlphttpexporter of the Collector.
 */
export function otlpHttp({ name, path, compression = "gzip", ...options }: OtlpHttpOptions): Exporter<Signal> {
  const { config, extensions, problems } = queue(options.queue);
  return {
    role: "exporter",
    type: "otlp_http",
    formerly: { type: "otlphttp", before: "0.144.0" },
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: {
      endpoint: `${httpUrl({ ...options.to, secure: encrypts(options) })}${path ?? ""}`,
      ...clientConfig(`otlp_http-${name}`, options),
      compression,
      ...config,
    },
    needs: clientNeeds(`otlp_http-${name}`, options),
    extensions: [...extensions, ...clientExtensions(options)],
    problems: [...within("queue", problems), ...clientProblems(options)],
  };
}
