import type { Port } from "../../core/workload";
import * as check from "../checks";
import type { Receiver } from "../part";

export type JaegerProtocol = "grpc" | "thrift_http" | "thrift_compact" | "thrift_binary";

export interface JaegerReceiverOptions {
  /** @default - grpc and thrift_http */
  readonly protocols?: readonly [JaegerProtocol, ...JaegerProtocol[]];
  /** Who may send. @default "platform" */
  readonly reach?: Port["reach"];
}

const ports: Readonly<Record<JaegerProtocol, readonly [string, Port]>> = {
  grpc: ["jaeger-grpc", { port: 14250 }],
  thrift_http: ["thrift-http", { port: 14268 }],
  thrift_compact: ["thrift-compact", { port: 6831, protocol: "udp" }],
  thrift_binary: ["thrift-binary", { port: 6832, protocol: "udp" }],
};

/**
 * Receives spans from programs that still use a Jaeger client of before OTLP.
 *
 * Source: receiver/jaegerreceiver of the Collector's contrib repository.
 */
export const jaegerReceiver = ({
  protocols = ["grpc", "thrift_http"],
  reach = "platform",
}: JaegerReceiverOptions = {}): Receiver<"traces"> => ({
  role: "receiver",
  type: "jaeger",
  carries: { traces: true },
  config: {
    protocols: Object.fromEntries(
      protocols.map((protocol) => [protocol, { endpoint: `0.0.0.0:${ports[protocol][1].port}` }]),
    ),
  },
  needs: {
    ports: Object.fromEntries(protocols.map((protocol) => [ports[protocol][0], { ...ports[protocol][1], reach }])),
  },
  problems: check.some("protocols", protocols, "name one, or remove it"),
});
