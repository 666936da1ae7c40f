import { expressions, signals, type LedgerSignal } from "../../ledger/ledger";
import type { RuleGroups } from "../rule";

/** Least in five minutes: what is on its way is counted at both ends, and not at the same moment. */
const least = (expression: string): string => `min_over_time((${expression})[5m:15s])`;

function open(signal: LedgerSignal): string {
  const { waiting, held } = expressions(signal);
  return `label_replace(${least(waiting)} > 0 and on (job, instance) ${least(held)} == 0, "signal", "${signal}", "", "")`;
}

/**
 * What a Collector has accepted or made is sent, dropped and counted as that, sampled out, or held. What is none of these while
 * nothing is held is gone without a word.
 */
export const ledgerRules: RuleGroups = [
  {
    name: "ledger",
    rules: [
      {
        alert: "LedgerOpen",
        expr: signals.map(open).join(" or "),
        severity: "critical",
        summary: "{{ $value | humanize }} {{ $labels.signal }} are unaccounted for in {{ $labels.job }}",
        description:
          "{{ $labels.instance }} accepted or made them, but within 5 minutes it neither sent nor dropped them, and they are not in its queues. `sightline verify --ledger` shows every hop; check the log of {{ $labels.job }}.",
      },
    ],
  },
];
