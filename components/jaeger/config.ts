import type { TraceBuffer } from "../buffer/buffer";
import { collectorConfig, type CollectorConfig } from "../collector/config";
import { basicAuth } from "../collector/extensions/basic-auth";
import type { Extension } from "../collector/part";
import { nop } from "../collector/exporters/nop";
import type { Pipelines } from "../collector/pipeline";
import { kafkaReceiver } from "../collector/receivers/kafka-receiver";
import { memoryLimiter } from "../collector/processors/memory-limiter";
import { selfTelemetry } from "../collector/telemetry";
import type { Login } from "../core/login";
import type { Endpoint } from "../core/platform";
import { within } from "../core/problems";
import type { Size } from "../core/units";
import type { Version } from "../core/version";
import { headSampling } from "../sampling/head";
import { keepEverything, type Strategies } from "../sampling/strategies";
import type { TraceStorage } from "../storage/storage";
import { unknownTo } from "../storage/version";
import { jaegerDistribution } from "./distribution";
import { healthCheck } from "./parts/health";
import { jaegerQuery } from "./parts/jaeger-query";
import { jaegerStorage, metricsAuth, traces } from "./parts/jaeger-storage";
import { nopReceiver } from "./parts/nop-receiver";
import { otlp } from "./parts/otlp";
import { remoteSampling } from "./parts/remote-sampling";
import { storageExporter } from "./parts/storage-exporter";
import type { JaegerRole } from "./ports";

export interface JaegerConfigArgs {
  /** Name under which it reports its own metrics. */
  readonly name: string;
  readonly version: Version;
  readonly role: JaegerRole;
  readonly storage: TraceStorage;
  /** Where traces wait for it, beside those that are sent to it. @default - nowhere */
  readonly buffer?: TraceBuffer;
  /** @default - every trace is kept */
  readonly sampling?: Strategies | string;
  /** Prometheus, for the Monitor page. @default - no such page */
  readonly metrics?: Endpoint;
  /** What whoever asks it or sends to it has to show. @default - nobody is asked */
  readonly login?: Login;
  /** Memory of the whole process. */
  readonly memory: Size;
}

/** A Jaeger as what it is: a Collector whose exporter is a storage, with extensions that answer. */
export function jaegerConfig(args: JaegerConfigArgs): CollectorConfig {
  const { name, version, role, storage, buffer, sampling = keepEverything, metrics, memory, login } = args;
  const head = headSampling(sampling);
  const [receives, answers] = [role !== "query", role !== "collector"];
  const shown = metricsAuth(metrics);
  const asks = login && basicAuth({ ...login, kind: "server", name: "stack" });
  const rendered = collectorConfig({
    distribution: jaegerDistribution(version),
    pipelines: receives ? storing(memory, buffer, asks) : idle,
    extensions: [
      healthCheck,
      jaegerStorage({ version, storage, ...(answers && metrics && { metrics }) }),
      ...(answers
        ? [jaegerQuery({ monitor: metrics !== undefined, archives: storage.archive !== undefined, asks })]
        : []),
      ...(asks ? [asks] : []),
      ...(receives ? [remoteSampling(head.content)] : []),
      ...(answers && shown ? [shown] : []),
    ],
    // Only in detail does it measure its own HTTP and gRPC servers.
    telemetry: selfTelemetry({ name, level: "detailed" }),
  });
  return {
    ...rendered,
    problems: [
      ...within("storage", storage.problems),
      ...within("storage", unknownTo(version, storage)),
      ...within("buffer", buffer?.problems),
      ...within("sampling", head.problems),
      ...rendered.problems,
    ],
  };
}

/** No batch processor: it would answer "accepted" before the storage has the spans. */
const storing = (memory: Size, buffer?: TraceBuffer, asks?: Extension): Pipelines => ({
  traces: {
    receivers: [
      otlp(asks),
      ...(buffer ? [kafkaReceiver({ ...buffer.client, topic: buffer.topic, group: buffer.group })] : []),
    ],
    processors: [memoryLimiter({ memory })],
    exporters: [storageExporter(traces)],
  },
});

const idle: Pipelines = { traces: { receivers: [nopReceiver], exporters: [nop()] } };
