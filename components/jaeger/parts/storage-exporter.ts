import type { Exporter } from "../../collector/part";

/**
 * Writes spans to a storage of `jaeger_storage`. It has no queue, so the sender is answered only when the storage has
 * the spans, and sends again what the storage refuses: nothing waits in memory.
 *
 * Source: cmd/jaeger/internal/exporters/storageexporter of Jaeger.
 */
export const storageExporter = (storage: string): Exporter<"traces"> => ({
  role: "exporter",
  type: "jaeger_storage_exporter",
  carries: { traces: true },
  config: { trace_storage: storage },
});
