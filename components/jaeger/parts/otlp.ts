import type { Receiver } from "../../collector/part";
import { otlpPorts } from "../../collector/receivers/otlp";

/**
 * Largest request taken, in MiB. A Collector in front joins small requests into large ones of up to 8,192 spans; what
 * exceeds the 4 MiB that gRPC servers take by default, it drops, as an error that no repetition mends. This takes spans
 * of 16 KiB on average.
 */
const largest = 128;

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
