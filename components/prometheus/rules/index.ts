import type { StorageSpec } from "../../storage";
import type { RuleGroups } from "../rule";
import { collectorRules } from "./collector";
import { jaegerRules } from "./jaeger";
import { lokiRules } from "./loki";
import { prometheusRules } from "./prometheus";
import { spanRules } from "./spans";
import { targetRules } from "./targets";

export interface TracingRulesOptions {
  /** Where traces are kept, for alerts on its disk. @default - nobody watches that disk */
  readonly storage?: StorageSpec;
}

/** Alerts on the health of tracing itself, by file. Each has its test in test/prometheus/rules. */
export const tracingRules = ({ storage }: TracingRulesOptions = {}) =>
  ({
    targets: targetRules,
    collector: collectorRules,
    spans: spanRules,
    jaeger: jaegerRules(storage),
    prometheus: prometheusRules,
    loki: lokiRules,
  }) satisfies Readonly<Record<string, RuleGroups>>;
