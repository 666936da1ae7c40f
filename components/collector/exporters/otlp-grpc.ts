import type { Config } from "../../core/config";
import { hostPort } from "../../core/platform";
import { within } from "../../core/problems";
import { goDuration, type Duration } from "../../core/units";
import * as check from "../checks";
import type { Exporter, Signal } from "../part";
import {
  clientConfig,
  clientExtensions,
  clientNeeds,
  clientProblems,
  encrypts,
  loginHeader,
  type ClientOptions,
} from "./client";
import { queue, type QueueOptions } from "./queue";

export interface OtlpGrpcOptions extends ClientOptions {
  /** Tells several of them apart: `jaeger`. */
  readonly name: string;
  /** @default - in memory */
  readonly queue?: QueueOptions | "none";
  /** Longest time for one request, at whose end it is sent again. @default "5s" */
  readonly timeout?: Duration;
  /**
   * @default - within a stack "zstd", which costs the least CPU for its size (config/configgrpc/README.md of the
   * Collector); beyond it "gzip", which every OTLP server has to know: others answer UNIMPLEMENTED, and all is dropped
   */
  readonly compression?: "zstd" | "gzip" | "snappy" | "none";
}

/**
 * Sends over OTLP/gRPC.
 *
 * Source: exporter/otlpexporter of the Collector.
 */
export function otlpGrpc({ name, timeout, ...options }: OtlpGrpcOptions): Exporter<Signal> {
  const { login } = options.to;
  // gRPC shows what an extension says on encrypted connections alone, and a header on each.
  const shown = login && !encrypts(options) ? loginHeader(login) : undefined;
  const client = shown ? { ...options, to: { ...options.to, login: undefined } } : options;
  const { compression = options.to.of === undefined ? "gzip" : "zstd" } = options;
  const { config, extensions, problems } = queue(options.queue);
  const part = `otlp_grpc-${name}`;
  const { headers, ...clientBody } = clientConfig(part, client);
  const needs = clientNeeds(part, options);
  return {
    role: "exporter",
    type: "otlp_grpc",
    formerly: { type: "otlp", before: "0.144.0" },
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: {
      endpoint: hostPort(options.to),
      ...clientBody,
      ...((headers || shown) && {
        headers: { ...(headers as Config | undefined), ...(shown && { authorization: shown.reference }) },
      }),
      compression,
      ...(timeout && { timeout: goDuration(timeout) }),
      ...config,
    },
    needs: { ...needs, ...(shown && { env: { ...needs.env, ...shown.env } }) },
    extensions: [...extensions, ...clientExtensions(client)],
    problems: [
      ...within("queue", problems),
      ...clientProblems(options),
      ...check.bare("to", options.to, { scheme: true }),
      ...check.duration("timeout", timeout),
      ...check.unless(options.auth === undefined || encrypts(options), {
        path: "auth",
        reason: "gRPC sends no credentials over an unencrypted connection",
        remedy: "set tls: true, or send over otlp_http",
      }),
    ],
  };
}
