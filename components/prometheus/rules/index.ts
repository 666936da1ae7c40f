import type { StorageSpec } from "../../storage";
import type { RuleGroups } from "../rule";
import { alertingRules } from "./alerting";
import { budgetRules, type WatchedBudget } from "./budget";
import { bufferRules } from "./buffer";
import { collectorRules } from "./collector";
import { jaegerRules } from "./jaeger";
import { ledgerRules } from "./ledger";
import { guardRules } from "./guard";
import type { LogStoreKind } from "../../logs";
import { lineRules } from "./lines";
import { lokiRules } from "./loki";
import { nameRules, type NameRoom } from "./names";
import { prometheusRules } from "./prometheus";
import { samplingRules } from "./sampling";
import { spanRules } from "./spans";
import { targetRules } from "./targets";
import { victoriaLogsRules } from "./victorialogs";
import { volumeRules, type WatchedVolumes } from "./volumes";

export interface TracingRulesOptions {
  /** Where traces are kept, for alerts on its disk. @default - nobody watches that disk */
  readonly storage?: StorageSpec;
  /** Where log lines are kept. @default "victorialogs" */
  readonly logs?: LogStoreKind;
  /** Whether a Collector decides about whole traces. @default false */
  readonly tailSampling?: boolean;
  /** What samplers may keep. @default - there is no budget */
  readonly budget?: WatchedBudget | undefined;
  /** Whether traces wait in Kafka for Jaeger. @default false */
  readonly buffer?: boolean;
  /** Whether a guard stands before the Collectors. @default false */
  readonly guard?: boolean;
  /** Services, edges and traces that Collectors have memory for. @default - nobody counts them */
  readonly room?: NameRoom | undefined;
  /** Volumes that the kubelet alone measures, asked by node readers. @default - nobody watches them */
  readonly volumes?: WatchedVolumes;
  /**
   * Processes that each job has at least: where targets come from DNS, one that is away is no target. @default - nobody
   * counts them
   */
  readonly processes?: Readonly<Record<string, number>>;
  /** Jobs of this stack, in a Prometheus that scrapes others too. @default - every target is one of this stack */
  readonly jobs?: readonly string[];
  /** Whether an Alertmanager tells somebody of alerts. @default false */
  readonly alerting?: boolean;
}

const ofLogs = { victorialogs: victoriaLogsRules, loki: lokiRules } as const satisfies Record<LogStoreKind, RuleGroups>;

/** Alerts on the health of tracing itself, by file. Each has its test in test/prometheus/rules. */
export const tracingRules = ({
  storage,
  logs = "victorialogs",
  tailSampling = false,
  budget,
  buffer = false,
  guard = false,
  room,
  volumes,
  processes = {},
  jobs = [],
  alerting = false,
}: TracingRulesOptions = {}) =>
  ({
    targets: targetRules(processes, jobs),
    collector: collectorRules,
    spans: spanRules,
    names: nameRules(room),
    ledger: ledgerRules,
    ...(tailSampling && { sampling: samplingRules(room?.traces) }),
    ...(budget && { budget: budgetRules(budget) }),
    ...(guard && { guard: guardRules }),
    ...(buffer && { buffer: bufferRules }),
    jaeger: jaegerRules(storage),
    ...(volumes && { volumes: volumeRules(volumes) }),
    prometheus: prometheusRules,
    ...(alerting && { alerting: alertingRules }),
    lines: lineRules,
    [logs]: ofLogs[logs],
  }) satisfies Readonly<Record<string, RuleGroups>>;
