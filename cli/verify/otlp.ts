import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { Canary } from "./canary";

export interface OtlpTarget {
  /** Base address of an OTLP/HTTP receiver: `http://127.0.0.1:4318`. */
  readonly url: string;
  /** Bearer token, where the receiver asks for one. @default - none is sent */
  readonly token?: string | undefined;
}

/** Longest time for one attempt, with the retries of the exporter, in milliseconds: an SDK's default. */
const timeoutMillis = 10_000;

/**
 * Makes what sends a canary as a service does: OTLP/HTTP with protobuf, by the exporters of the SDK, which try again
 * when the receiver says "not now". Called again, it sends what was not accepted before.
 *
 * What it makes throws an Error that names the signals and what the receiver answered.
 */
export function sender({ telemetry }: Canary, { url, token }: OtlpTarget): () => Promise<void> {
  const to = (signal: string) => ({
    url: `${url.replace(/\/$/, "")}/v1/${signal}`,
    timeoutMillis,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const unsent = new Map([
    ["traces", () => exported(new OTLPTraceExporter(to("traces")), telemetry.spans)],
    ["logs", () => exported(new OTLPLogExporter(to("logs")), telemetry.logs)],
    ["metrics", () => exported(new OTLPMetricExporter(to("metrics")), telemetry.metrics)],
  ]);
  return async () => {
    const answers = await Promise.all(
      [...unsent].map(async ([signal, attempt]) => {
        const refusal = await attempt();
        if (refusal === undefined) unsent.delete(signal);
        return { signal, refusal };
      }),
    );
    const refused = answers.filter(({ refusal }) => refusal !== undefined);
    if (refused.length === 0) return;
    const reasons = new Set(refused.map(({ refusal }) => refusal));
    throw new Error(`${refused.map(({ signal }) => signal).join(", ")} not accepted: ${[...reasons].join("; ")}`);
  };
}

interface Exporter<T> {
  export(items: T, done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

/** Exports once. What it returns is why that failed. */
async function exported<T>(exporter: Exporter<T>, items: T): Promise<string | undefined> {
  const { code, error } = await new Promise<{ code: number; error?: Error }>((done) => exporter.export(items, done));
  await exporter.shutdown();
  return code === 0 ? undefined : reason(error);
}

/** An exporter's error holds the HTTP status beside its message; that of a connection has its code in the message. */
function reason(error: Error | undefined): string {
  if (error === undefined) return "no reason given";
  return "code" in error && typeof error.code === "number" ? `${error.code} ${error.message}` : error.message;
}
