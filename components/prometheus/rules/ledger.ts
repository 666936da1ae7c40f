import { expressions, signals, type LedgerSignal } from "../../ledger/ledger";
import type { RuleGroups } from "../rule";

/** Least in five minutes: what is on its way is counted at both ends, and not at the same moment. */
const least = (expression: string): string => `min_over_time((${expression})[5m:15s])`;

function open(signal: LedgerSignal): string {
  const { waiting, held } = expressions(signal);
  return `label_replace(${least(waiting)} > 0 and on (job, instance) ${least(held)} == 0, "signal", "${signal}", "", "")`;
}

/**
 * What a Collector has accepted is sent, dropped and counted as that, sampled out, or held. What is none of these while
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
        summary: "{{ $value | humanize }} {{ $labels.signal }} are missing in {{ $labels.job }}",
        description:
          "{{ $labels.instance }} has accepted them, and for five minutes it has neither sent nor dropped them, nor does it hold them. `sightline verify --ledger` shows every hop; the log of {{ $labels.job }} may say more.",
      },
    ],
  },
];
