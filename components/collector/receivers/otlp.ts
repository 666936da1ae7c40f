import { goDuration, type Duration } from "../../core/units";
import type { Port } from "../../core/workload";
import * as check from "../checks";
import { refTo, type Extension, type Receiver, type Signal } from "../part";

export interface OtlpReceiverOptions {
  /** Who may send. @default "platform" */
  readonly reach?: Port["reach"];
  /** Numbers under which the outside reaches it. @default - 4317 and 4318 */
  readonly outside?: { readonly grpc?: number; readonly http?: number };
  /** Checks who sends. @default - nobody is asked */
  readonly auth?: Extension;
  /**
   * Longest life of a gRPC connection, after which the sender makes another one. Behind an address that several processes
   * share, senders would else stay with the one they found first. @default - for ever
   */
  readonly maxConnectionAge?: Duration;
}

/** Ports of an OTLP receiver: IANA has registered 4317 (gRPC) and 4318 (HTTP). */
export const otlpPorts = { "otlp-grpc": { port: 4317 }, "otlp-http": { port: 4318 } } as const;

/**
 * Receives traces, metrics and logs over OTLP, by gRPC and by HTTP.
 *
 * Source: receiver/otlpreceiver of the Collector.
 */
export function otlp({
  reach = "platform",
  outside = {},
  auth,
  maxConnectionAge,
}: OtlpReceiverOptions = {}): Receiver<Signal> {
  const server = (port: number) => ({
    // The default is localhost, which nobody outside the container reaches.
    endpoint: `0.0.0.0:${port}`,
    ...(auth && { auth: { authenticator: refTo(auth) } }),
  });
  const age = maxConnectionAge && {
    keepalive: { server_parameters: { max_connection_age: goDuration(maxConnectionAge) } },
  };
  const port = (port: Port, number: number | undefined): Port => ({
    ...port,
    reach,
    ...(number !== undefined && { outside: number }),
    ...(auth && { asks: true }),
  });
  return {
    role: "receiver",
    type: "otlp",
    carries: { traces: true, metrics: true, logs: true },
    config: { protocols: { grpc: { ...server(4317), ...age }, http: server(4318) } },
    needs: {
      ports: {
        "otlp-grpc": port(otlpPorts["otlp-grpc"], outside.grpc),
        "otlp-http": port(otlpPorts["otlp-http"], outside.http),
      },
    },
    ...(auth && { extensions: [auth] }),
    problems: check.duration("maxConnectionAge", maxConnectionAge),
  };
}
