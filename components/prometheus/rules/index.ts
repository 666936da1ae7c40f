import type { StorageSpec } from "../../storage";
import type { RuleGroups } from "../rule";
import { bufferRules } from "./buffer";
import { collectorRules } from "./collector";
import { jaegerRules } from "./jaeger";
import { ledgerRules } from "./ledger";
import { lokiRules } from "./loki";
import { nameRules, type NameRoom } from "./names";
import { prometheusRules } from "./prometheus";
import { samplingRules } from "./sampling";
import { spanRules } from "./spans";
import { targetRules } from "./targets";
import { volumeRules, type WatchedVolumes } from "./volumes";

export interface TracingRulesOptions {
  /** Where traces are kept, for alerts on its disk. @default - nobody watches that disk */
  readonly storage?: StorageSpec;
  /** Whether a Collector decides about whole traces. @default false */
  readonly tailSampling?: boolean;
  /** Whether traces wait in Kafka for Jaeger. @default false */
  readonly buffer?: boolean;
  /** Services and edges that Collectors have memory for. @default - nobody counts them */
  readonly room?: NameRoom | undefined;
  /** Volumes that the kubelet alone measures, through agents. @default - nobody watches them */
  readonly volumes?: WatchedVolumes;
  /**
   * Processes that each job has at least: where targets come from DNS, one that is away is no target. @default - nobody
   * counts them
   */
  readonly processes?: Readonly<Record<string, number>>;
}

/** Alerts on the health of tracing itself, by file. Each has its test in test/prometheus/rules. */
export const tracingRules = ({
  storage,
  tailSampling = false,
  buffer = false,
  room,
  volumes,
  processes = {},
}: TracingRulesOptions = {}) =>
  ({
    targets: targetRules(processes),
    collector: collectorRules,
    spans: spanRules,
    names: nameRules(room),
    ledger: ledgerRules,
    ...(tailSampling && { sampling: samplingRules }),
    ...(buffer && { buffer: bufferRules }),
    jaeger: jaegerRules(storage),
    ...(volumes && { volumes: volumeRules(volumes) }),
    prometheus: prometheusRules,
    loki: lokiRules,
  }) satisfies Readonly<Record<string, RuleGroups>>;
