import {
  bearerTokenAuth,
  forward,
  kafka,
  otlp,
  otlpGrpc,
  otlpHttp,
  resource,
  serviceGraph,
  spanMetrics,
  type QueueOptions,
} from "../../components/collector/parts";
import type { Exporter, Processor, Receiver, Signal } from "../../components/collector/part";
import { identifiers } from "../../components/collector/processors/identifiers";
import { collectorInstance, overflowing } from "../../components/collector/processors/overflowing";
import { budgets, forgottenAfter, waitingCalls } from "../../components/collector/budgets";
import type { TraceBuffer } from "../../components/buffer/buffer";
import type { Endpoint } from "../../components/core/platform";
import { batchUpTo, worthSending, type Limits } from "../../components/collector/limits";
import { inBytes, type Size } from "../../components/core/units";
import type { Secret } from "../../components/core/workload";
import { countTruncated, fitStorage } from "../../components/jaeger/fit";
import { logStores } from "../../components/logs";
import { canaryServices } from "../../components/sampling/canary";
import { tailSampler } from "../../components/sampling/tail";
import type { TraceStorage } from "../../components/storage/storage";
import type { Settings } from "../../configs/schema";

/** Where the pipelines end. */
export interface Backends {
  readonly jaeger: { readonly "otlp-grpc": Endpoint };
  readonly prometheus: { readonly http: Endpoint };
  readonly logs: { readonly http: Endpoint };
}

/** All that a Collector of a stack is told. */
export interface Surroundings extends Backends {
  readonly settings: Settings;
  readonly storage: TraceStorage;
  /** Where traces wait for Jaeger. @default - they are sent to it */
  readonly buffer?: TraceBuffer | undefined;
  /** The next Collector, or Jaeger. */
  readonly next: Endpoint;
  /** Services send to this one. */
  readonly first: boolean;
  /** Largest requests that it takes and sends. */
  readonly limits: Limits;
  /** What services have to show. @default - nobody is asked */
  readonly token?: Secret | undefined;
}

/** What services send, or the Collector in front. */
export function received({ settings: { ports }, first, limits, token }: Surroundings): Receiver<Signal> {
  const largest: Size = `${limits.takes} MiB`;
  // Of several processes in a row, one that was just started would else wait for senders for ever.
  if (!first) return otlp({ largest, maxConnectionAge: "1m" });
  return otlp({
    largest,
    reach: "outside",
    outside: { grpc: ports.otlpGrpc, http: ports.otlpHttp },
    ...(token && { auth: bearerTokenAuth({ token }) }),
  });
}

/** What waits survives the process. */
export const onDisk = (around: Surroundings): QueueOptions => ({
  ...inMemory(around),
  durability: around.settings.durability,
  disk: around.settings.queueSize,
});

/** Names without identifiers, before anything counts by them. */
export const named = ({ settings: { names } }: Surroundings): Processor<"traces">[] =>
  names.identifiers === "replace" ? [identifiers()] : [];

/** What waits is gone with the process. */
export const inMemory = ({ limits }: Surroundings): QueueOptions => ({ batch: batchUpTo(limits.sends) });

/**
 * Counts and durations of spans, of so many names of each service as there is memory for. One of several Collectors adds
 * its id, or they would overwrite each other's counts.
 */
export function measured({ settings: { names, memory } }: Surroundings, role: "collector" | "gateway") {
  const { seriesPerService, services } = budgets(memory[role]);
  return spanMetrics({
    dimensions: ["http.route", "http.request.method"],
    collectorInstanceId: role === "gateway",
    seriesExpiration: forgottenAfter,
    expiration: forgottenAfter,
    cardinalityLimit: names.seriesPerService ?? seriesPerService,
    services,
    resourceAttributes: true,
  });
}

/** Span metrics on their way to Prometheus: what is counted together says of which service. */
export const ofServices = (role: "collector" | "gateway"): Processor<"metrics">[] => [
  ...(role === "gateway" ? [whoMeasures] : []),
  overflowing({ collectorInstanceId: role === "gateway" }),
];
const whoMeasures = resource({
  name: "measures",
  attributes: [{ key: collectorInstance, action: "upsert", fromVariable: "HOSTNAME" }],
});

/**
 * Calls between services. Databases are told apart by their kind: names of databases can be as many as customers, and each
 * would be kept for a quarter of an hour.
 */
export const graph = ({ settings: { sampler } }: Surroundings) =>
  serviceGraph({
    store: { maxItems: waitingCalls(sampler.tracesPerSecond) },
    databaseNameAttributes: ["db.system.name", "db.system"],
    virtualNodePeerAttributes: ["peer.service", "db.system.name", "db.system"],
  });
export const truncated = () => countTruncated();
/** Joins what comes in and what is kept of it. */
export const kept = () => forward({ signal: "traces", name: "kept" });

/** What is kept: to Jaeger, or to where it waits for it. */
export const toStorage = (around: Surroundings, queue: QueueOptions): Exporter<Signal> =>
  around.buffer === undefined ? toJaeger(around, queue) : toBuffer(around.buffer, around.storage, queue);

/** Jaeger answers when the storage has all of a request, which some write row by row. */
const toJaeger = (
  { jaeger, storage: { limits: { spansPerRequest: spans } = {} } }: Surroundings,
  queue: QueueOptions,
): Exporter<Signal> =>
  otlpGrpc({
    name: "jaeger",
    to: jaeger["otlp-grpc"],
    queue: { ...queue, ...(spans !== undefined && { batch: { sizer: "items", min: spans, max: spans } }) },
    timeout: "1m",
  });

/** Share of the largest message that spans may take: the rest is what stands around them. */
const spansInMessage = 0.9;

/** A message is stored as a whole: it holds as much as a topic takes, and as many spans as a storage takes at once. */
function toBuffer(
  { client, topic, largest }: TraceBuffer,
  { limits: { spansPerRequest: spans } = {} }: TraceStorage,
  queue: QueueOptions,
): Exporter<Signal> {
  const bytes = Math.floor(inBytes(largest) * spansInMessage);
  return kafka({
    name: "buffer",
    ...client,
    topics: { traces: topic },
    partitionTracesById: false,
    largest,
    queue: {
      ...queue,
      batch:
        spans === undefined
          ? { sizer: "bytes", min: Math.min(worthSending, bytes), max: bytes }
          : few(Math.min(spans, Math.floor(bytes / largeSpan))),
    },
  });
}

/** Bytes of a span that is large, where spans are counted and not measured. */
const largeSpan = 4_096;
const few = (max: number) => ({ sizer: "items", min: Math.ceil(max / 2), max }) as const;

export const toPrometheus = ({ prometheus }: Backends, queue: QueueOptions): Exporter<Signal> =>
  otlpHttp({ name: "prometheus", to: prometheus.http, path: "/api/v1/otlp", queue });
export const toLogs = ({ logs, settings }: Surroundings, queue: QueueOptions | "none"): Exporter<Signal> =>
  otlpHttp({ name: settings.logs.kind, to: logs.http, ...logStores[settings.logs.kind].otlp, queue });

/** Largest part of a message that one text may be: a message that is too large is dropped with all the spans in it. */
const textsInMessage = 8;

/** Nobody reads a longer text in a trace, and a storage that takes it answers slowly to all who search. */
const longestText = inBytes("1 MiB");

/** Cuts down what the storage, or the buffer before it, cannot take, and what is out of all proportion. */
export function fitted({ storage: { limits = {} }, buffer }: Surroundings): Processor<"traces">[] {
  const inMessage = buffer === undefined ? [] : [Math.floor(inBytes(buffer.largest) / textsInMessage)];
  return fitStorage({ ...limits, textBytes: Math.min(limits.textBytes ?? longestText, ...inMessage) });
}

/** Decides which traces are kept, a canary always, and cuts down those alone. */
export const sampled = (around: Surroundings, role: "collector" | "sampler"): Processor<"traces">[] => {
  const { tailSampling, sampler, memory } = around.settings;
  const { "service.name": services = [], ...attributes } = tailSampling.attributes ?? {};
  return [
    tailSampler({
      keep: { ...tailSampling, attributes: { ...attributes, "service.name": [...services, ...canaryServices] } },
      decisionWait: sampler.decisionWait,
      tracesPerSecond: sampler.tracesPerSecond,
      maxTraceSize: budgets(memory[role]).traceSize,
    }),
    ...fitted(around).map((processor) => ({ ...processor, stage: "sample" as const })),
  ];
};
