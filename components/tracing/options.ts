import type { TraceBuffer } from "../buffer/buffer";
import type { Limits } from "../collector/limits";
import type { Durability } from "../collector/exporters/queue";
import type { Login } from "../core/login";
import type { Endpoint } from "../core/platform";
import type { Duration, Size } from "../core/units";
import type { Secret } from "../core/workload";
import type { LogStoreKind } from "../logs";
import type { SamplingBudget } from "../sampling/budget";
import type { Keep } from "../sampling/tail";
import type { TraceStorage } from "../storage/storage";

/** How a Collector receives OTLP. */
export interface Receiving {
  /** Services send to it. Otherwise a Collector does, which a process that was just started has to get its share of. */
  readonly first: boolean;
  /** Largest requests that it takes and sends. */
  readonly limits: Limits;
  /** Numbers under which the outside reaches a first one. @default - the same as inside */
  readonly outside?: { readonly grpc: number; readonly http: number };
  /** Services have to show one of the tokens in the lines of this file to a first one. @default - nobody is asked */
  readonly tokens?: Secret | undefined;
  /**
   * Collectors show it to each other; those behind the first ask for it where there are tokens. They show it before it is asked
   * for, so that nothing is refused while tokens are introduced.
   *
   * @default - nothing is shown
   */
  readonly login?: Login | undefined;
  /** A guard stands before a first one, and alone reaches it. @default false */
  readonly guarded?: boolean;
}

/** What is measured and read of the machine that a Collector on every node runs on. */
export interface OwnNode {
  /** CPU, memory, disks and network of the machine. */
  readonly hostMetrics: boolean;
  /** @default - it is no node of a cluster */
  readonly cluster?: {
    /** Volumes of this namespace are measured, those of others are left out. */
    readonly namespace: string;
    /** Lines of containers in these are not read: each line of a process that passes lines on would make another one. */
    readonly agentNamespaces: readonly string[];
    /** Whether the kubelet is asked for what pods use, and whether its certificate is verified. */
    readonly kubeletMetrics: "off" | "unverified" | "verified";
    /** Whether log lines of containers are read. */
    readonly containerLogs: boolean;
  };
}

/** How what waits for the next hop is kept. */
export interface Waiting {
  /** Largest requests that it sends. */
  readonly limits: Limits;
  /** What survives: nothing, the end of the process, or a power cut too. */
  readonly durability: Durability;
  /** Room on disk for all queues of one process. */
  readonly queueSize: Size;
}

/** Where points and log lines go. */
export interface Stores {
  readonly prometheus: Endpoint;
  readonly logs: { readonly kind: LogStoreKind; readonly at: Endpoint };
}

/** Where kept traces go. */
export interface TraceStore {
  readonly jaeger: Endpoint;
  /** What Jaeger keeps them in: its limits are kept to. */
  readonly storage: TraceStorage;
  /** Where they wait for Jaeger. @default - they are sent to it */
  readonly buffer?: TraceBuffer | undefined;
}

/** How metrics are made from spans. */
export interface Measuring {
  /** Memory of the process: series of span metrics have a share of it. */
  readonly memory: Size;
  readonly names: {
    /** Whether numbers, UUIDs, hashes in names of spans and in routes become `{id}`. */
    readonly identifiers: "replace" | "keep";
    /** Series of one service. @default - what memory has room for */
    readonly seriesPerService?: number | undefined;
  };
}

/** What may be kept, where there is a limit. */
export interface Budgeting {
  /** Instead of `tailSampling`. @default - as `tailSampling` says */
  readonly samplingBudget?: SamplingBudget | undefined;
  /** Samplers that it is divided among. */
  readonly samplers: number;
}

/** How traces are judged as a whole. */
export interface Judging extends Budgeting {
  /** Memory of the process: one trace may have a share of it. */
  readonly memory: Size;
  /** What is kept. Nothing set keeps every trace. */
  readonly tailSampling: Keep;
  /** How long a trace waits for its spans. */
  readonly decisionWait: Duration;
  /** New traces a second that one process has room for. */
  readonly tracesPerSecond: number;
}
