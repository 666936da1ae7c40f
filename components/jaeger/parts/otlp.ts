import type { Receiver } from "../../collector/part";
import { otlpPorts } from "../../collector/receivers/otlp";

/**
 * Largest request taken, in MiB. A Collector in front joins small requests into large ones, and takes one of 20 MiB over
 * HTTP; what exceeds the 4 MiB that gRPC servers take by default, it drops, as an error that no repetition mends.
 */
const largest = 64;

/**
 * Receives traces over OTLP, by gRPC and by HTTP, as a Collector or an SDK sends them.
 *
 * Source: receiver/otlpreceiver and config/configgrpc of the Collector.
 */
export const otlp: Receiver<"traces"> = {
  role: "receiver",
  type: "otlp",
  carries: { traces: true },
  config: {
    protocols: {
      grpc: { endpoint: `0.0.0.0:${otlpPorts["otlp-grpc"].port}`, max_recv_msg_size_mib: largest },
      http: { endpoint: `0.0.0.0:${otlpPorts["otlp-http"].port}` },
    },
  },
  needs: { ports: otlpPorts },
};
