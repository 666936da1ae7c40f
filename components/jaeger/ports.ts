import { healthPort } from "../collector/extensions/health-check";
import { otlpPorts } from "../collector/receivers/otlp";
import { metricsPort } from "../collector/telemetry";

/** What one Jaeger process does: `collector` receives and stores, `query` answers, `all` does both. */
export type JaegerRole = "all" | "collector" | "query";

const every = { ...metricsPort, ...healthPort } as const;

const receiving = {
  ...otlpPorts,
  /** Answers SDKs that ask how to sample: `GET /api/sampling?service=NAME`. */
  sampling: { port: 5778 },
  "sampling-grpc": { port: 5779 },
} as const;

const answering = {
  /** UI, and API under `/api/v3`. */
  query: { port: 16686 },
  "query-grpc": { port: 16685 },
} as const;

/** Ports of each role. Source: ports/ports.go of Jaeger. */
export const portsOf = {
  all: { ...receiving, ...answering, ...every },
  collector: { ...receiving, ...every },
  query: { ...answering, ...every },
} as const;

/** Every port a Jaeger may have. */
export const jaegerPorts = portsOf.all;

export type JaegerPort<R extends JaegerRole = "all"> = keyof (typeof portsOf)[R] & string;
