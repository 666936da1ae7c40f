import { join } from "node:path";
import { otelCollector } from "../../components/collector/workload";
import type { Endpoint } from "../../components/core/platform";
import { images } from "../../components/images";
import { jaeger } from "../../components/jaeger/workload";
import { prometheus } from "../../components/prometheus/workload";
import type { TraceBuffer } from "../../components/buffer/buffer";
import type { TraceStorage } from "../../components/storage/storage";
import { settingsOfStack } from "../../configs/stack-file";
import { pipelinesAt } from "../support/hop";
import { local, type Local } from "./local";
import type { Binaries, Sitting } from "./sitting";

/** A storage behind the last Collector of a stack, with its queue on disk, and with the metrics it makes of spans. */
export interface Stacked extends Sitting {
  /** Base URL of the Prometheus that has the Collector's metrics. */
  readonly prometheus: string;
}

/** No logs are sent, so there is nobody who takes them. */
const nobody = 9;

/** A neighbour on this machine: not encrypted, as neighbours are. */
const at = (address: string | number): Endpoint => ({
  host: "127.0.0.1",
  port: Number(String(address).split(":").at(-1)),
  of: { workload: "neighbour", port: "any" },
});

/** Starts what a stack runs on one machine for traces: its Collector, Jaeger and Prometheus, as they are described there. */
export async function sitStacked(
  storage: TraceStorage,
  binaries: Binaries & { readonly prometheus: string },
  folder: string,
  buffer?: TraceBuffer,
): Promise<Stacked> {
  const image = { ...images.jaeger, version: binaries.version };
  const described = jaeger("jaeger", { storage, image, ...(buffer && { buffer }) });
  const stored = await local(binaries.jaeger, described, join(folder, "jaeger"));
  const measuring = prometheus("prometheus", { size: "1 GiB", scrape: {} });
  const listens = "--web.listen-address=0.0.0.0:9090";
  const metrics = await local(
    binaries.prometheus,
    { ...measuring, args: [...(measuring.args ?? []), listens] },
    join(folder, "prometheus"),
  );
  const collector = otelCollector("collector", {
    pipelines: pipelinesAt(settingsOfStack("dev"), 0, {
      storage,
      buffer,
      next: at(stored.address(4317)),
      prometheus: at(metrics.address(9090)),
      logs: at(nobody),
    }),
  });
  const sending = await local(binaries.collector, collector, join(folder, "collector"));
  const running: Local[] = [];
  const end = async (): Promise<void> => {
    for (const process of running.reverse()) await process.stop(true);
  };
  try {
    for (const process of [stored, metrics, sending]) {
      running.push(process);
      await process.start();
    }
  } catch (error) {
    await end();
    throw error;
  }
  return {
    jaeger: stored,
    query: stored.url(16686),
    otlp: sending.url(4318),
    direct: stored.url(4318),
    prometheus: metrics.url(9090),
    end,
  };
}
