import type { Extension, Receiver } from "../../collector/part";
import { inBytes } from "../../core/units";
import { otlpPorts } from "../../collector/receivers/otlp";
import { asking, authenticated } from "./asks";

/**
 * Largest request taken, in MiB. What exceeds it, the Collector in front drops, as an error that no repetition mends. It is
 * well above what a Collector of a stack sends, which measures bytes; where a storage wants few spans at once, and spans
 * are counted instead, it takes 512 of 256 KiB each.
 */
export const largestForJaeger = 128;

/**
 * Receives traces over OTLP, by gRPC and by HTTP, as a Collector or an SDK sends them.
 *
 * Source: receiver/otlpreceiver and config/configgrpc of the Collector.
 */
export const otlp = (asks: Extension | undefined): Receiver<"traces"> => ({
  role: "receiver",
  type: "otlp",
  carries: { traces: true },
  config: {
    protocols: {
      grpc: {
        endpoint: `0.0.0.0:${otlpPorts["otlp-grpc"].port}`,
        max_recv_msg_size_mib: largestForJaeger,
        ...authenticated(asks),
      },
      http: {
        endpoint: `0.0.0.0:${otlpPorts["otlp-http"].port}`,
        max_request_body_size: largestForJaeger * inBytes("1 MiB"),
        ...authenticated(asks),
      },
    },
  },
  ...(asks && { extensions: [asks] }),
  needs: { ports: asking(otlpPorts, asks) },
});
