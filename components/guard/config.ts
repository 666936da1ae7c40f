import { forgottenAfter } from "../collector/budgets";
import type { Config } from "../core/config";
import { hostPort, type Endpoint } from "../core/platform";
import { inBytes, inMilliseconds, inSeconds, type Duration, type Size } from "../core/units";

/** The Collector behind a guard. */
export interface Guarded {
  readonly grpc: Endpoint;
  readonly http: Endpoint;
  /** Its memory, of which requests that are being decoded have a share. */
  readonly memory: Size;
  /** Largest request that it takes, in MiB. */
  readonly takes: number;
  /** Services that there is room for, wherever something is kept for each. */
  readonly services: number;
}

/**
 * Share of a Collector's memory for requests that it decodes, garbage of doing so included. One sender alone has half of
 * it, so that the largest request it takes may become eight times its size: spans with a usual number of attributes
 * become four times theirs.
 *
 * Source: toolchain/guard/measure/pdata_test.go; most memory of a Collector under the requests of `npm run test:hostile`.
 */
export const shareForDecoding = 1 / 4;

/** Bodies that may be there at once, of the largest size: one sender alone has half of it, and needs three to decompress one. */
const bodies = 8;

/** Memory of a guard: what it reads may be half of it. */
export const memoryFor = (takes: number): Size => `${Math.max(128, 2 * bodies * takes)} MiB`;

/** What one request may hold. OTLP has no limits of its own; SDKs stop at 128 attributes and stay below all of these. */
const request = { depth: 32, resources: 10_000, attributes: 10_000, keyBytes: 1_024 } as const;

const connections = 1_024;
/** How long a request waits for its turn: longer than a Collector takes for what is before it, shorter than SDKs wait. */
const wait: Duration = "2s";
/** How long a sender may take for a request, and a Collector for its answer. */
const patience: Duration = "60s";

/** Ports of a guard: those of the Collector that it stands for, and its own. */
export const guardPorts = {
  "otlp-grpc": { port: 4317 },
  "otlp-http": { port: 4318 },
  metrics: { port: 8890 },
} as const;

/** What a guard is told, as it reads it. Services are twice those that there is room for: one sender may bring half. */
export const guardConfig = ({ grpc, http, memory, takes, services }: Guarded): Config => ({
  listen: {
    grpc: `:${guardPorts["otlp-grpc"].port}`,
    http: `:${guardPorts["otlp-http"].port}`,
    metrics: `:${guardPorts.metrics.port}`,
  },
  to: { grpc: hostPort(grpc), http: hostPort(http) },
  request: { bytes: takes * inBytes("1 MiB"), ...request },
  decodedBytes: Math.floor(inBytes(memory) * shareForDecoding),
  readBytes: bodies * takes * inBytes("1 MiB"),
  connections,
  services: 2 * services,
  forgottenAfterSec: inSeconds(forgottenAfter),
  waitMs: inMilliseconds(wait),
  patienceSec: inSeconds(patience),
});
