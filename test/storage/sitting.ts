import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { otlp, otlpGrpc } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import type { Version } from "../../components/core/version";
import { images } from "../../components/images";
import { fitStorage } from "../../components/jaeger/fit";
import { jaeger } from "../../components/jaeger/workload";
import type { TraceStorage } from "../../components/storage/storage";
import { local, type Local } from "./local";

/** A storage behind a Jaeger behind a Collector that fits spans to it, as stacks compose them. */
export interface Sitting {
  readonly jaeger: Local;
  /** Base URL of Jaeger's API. */
  readonly query: string;
  /** OTLP/HTTP of the Collector, which answers when Jaeger has answered. */
  readonly otlp: string;
  /** OTLP/HTTP of Jaeger itself. */
  readonly direct: string;
  end(): Promise<void>;
}

export interface Binaries {
  readonly jaeger: string;
  readonly version: Version;
  readonly collector: string;
}

export async function sit(storage: TraceStorage, binaries: Binaries, folder: string): Promise<Sitting> {
  mkdirSync(folder, { recursive: true });
  // Clocks of tests go as they like.
  const limits = Object.fromEntries(Object.entries(storage.limits ?? {}).filter(([limit]) => limit !== "times"));
  const image = { ...images.jaeger, version: binaries.version };
  const stored = await local(binaries.jaeger, jaeger("jaeger", { storage, image }), join(folder, "jaeger"));
  const to = external(stored.address(4317));
  const fitted = otelCollector("collector", {
    pipelines: {
      traces: {
        receivers: [otlp()],
        processors: fitStorage(limits),
        // As in stacks: Jaeger answers when the storage has all of a request.
        exporters: [otlpGrpc({ name: "jaeger", to, tls: false, queue: "none", timeout: "1m" })],
      },
    },
  });
  const sending = await local(binaries.collector, fitted, join(folder, "collector"));
  await stored.start();
  await sending.start().catch(async (error: unknown) => {
    await stored.stop(true);
    throw error;
  });
  return {
    jaeger: stored,
    query: stored.url(16686),
    otlp: sending.url(4318),
    direct: stored.url(4318),
    end: async () => {
      await sending.stop(true);
      await stored.stop(true);
    },
  };
}
