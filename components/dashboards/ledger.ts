import { expressions, signals, type LedgerSignal } from "../ledger/ledger";
import type { Board } from "./board";
import { boards, toBoard } from "./links";
import { table } from "./table";
import type { Tile } from "./tile";

const titles = { spans: "Spans", points: "Metric points", logs: "Log records" } as const;
const mayBeEmpty = "no program takes this kind of data";

const account = (signal: LedgerSignal): Tile => {
  const { taken, made, earlier, sent, dropped, waiting, held } = expressions(signal);
  const column = (expr: string) => ({ unit: "short", expr, mayBeEmpty });
  return table({
    title: titles[signal],
    description:
      "What each process has taken since it started, without what sampling or a filter did not keep, what it has made itself, and what became of both. Earlier is what it has sent of what an earlier process had taken. What waits has to be nothing once nothing is held.",
    width: "full",
    height: "high",
    rows: { job: "Program", instance: "Process" },
    columns: {
      Taken: column(taken),
      Made: column(made),
      Earlier: column(earlier),
      Sent: column(sent),
      Dropped: column(dropped),
      Waiting: column(waiting),
      "Held in queues": column(held),
    },
    sortBy: "Waiting",
  });
};

/** What became of everything that each hop has accepted. */
export const ledgerBoard = (): Board => ({
  uid: boards.ledger,
  title: "Ledger",
  description: "At every hop, what was accepted is sent, dropped and counted as that, or waiting.",
  links: [toBoard("overview", "Overview"), toBoard("collector", "Collector")],
  rows: { "Is everything accounted for?": signals.map(account) },
});
