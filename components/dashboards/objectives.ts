import type { Board } from "./board";
import { boards, rowToService, toBoard } from "./links";
import { bars, timeseries } from "./panels";
import { objectives } from "./queries";
import { table } from "./table";

const mayBeEmpty = "no objective is set, or no request to one has come";
const legend = "{{sloth_service}} {{sloth_slo}}";

/** What services have promised, what is left of it, and when that ends. */
export const objectivesBoard = (): Board => ({
  uid: boards.objectives,
  title: "Objectives",
  description: "Of what may go wrong by each objective, what is left, how fast it is used, and when none is left.",
  links: [toBoard("services", "Services"), toBoard("overview", "Overview")],
  rows: {
    "Who keeps what was promised?": [
      table({
        title: "Objectives",
        description:
          "Burn is how many times as fast as it may the budget is used: at 1 it lasts as long as the window. It ends, at the burn of the last six hours, after the time shown; no time where it does not end within the window. Click a service to open it.",
        width: "full",
        height: "high",
        rows: { sloth_service: "Service", sloth_slo: "Objective", owner: "Owner" },
        columns: {
          Promised: { unit: "percentunit", expr: objectives.promised, mayBeEmpty },
          "Kept, over the window": { unit: "percentunit", expr: objectives.kept, mayBeEmpty },
          "Budget left": { unit: "percentunit", expr: objectives.left, mayBeEmpty },
          "Burn, 1 hour": { unit: "none", expr: objectives.burn("1h"), mayBeEmpty },
          "Burn, 6 hours": { unit: "none", expr: objectives.burn("6h"), mayBeEmpty },
          "Ends after": { unit: "s", expr: objectives.endsAfter, mayBeEmpty: "no budget ends within its window" },
        },
        links: { Service: rowToService("Service") },
        sortBy: "Burn, 6 hours",
      }),
    ],
    "How it came about": [
      timeseries({
        title: "Budget left",
        description:
          "Share of what may go wrong in the window, of the 20 objectives with the least. Below zero the objective is missed.",
        width: "half",
        unit: "percentunit",
        min: null,
        queries: [{ expr: objectives.least, legend, mayBeEmpty }],
      }),
      timeseries({
        title: "Burn, 1 hour",
        description:
          "How many times as fast as it may the budget is used, of the 20 objectives with the most. Over 30 days, 14.4 pages at once, 6 after a while; 3 and 1 open a ticket.",
        width: "half",
        unit: "none",
        queries: [{ expr: objectives.fastest, legend, mayBeEmpty }],
      }),
      timeseries({
        title: "Not good, 5 minutes",
        description: "Share of requests that failed or took too long, of the 20 objectives with the most.",
        width: "half",
        unit: "percentunit",
        queries: [{ expr: objectives.notGood, legend, mayBeEmpty }],
      }),
      bars({
        title: "Alerts of objectives",
        description: "What fires now. Empty is good.",
        width: "half",
        unit: "short",
        colours: { red: null },
        queries: [
          {
            expr: objectives.firing,
            legend: "{{alertname}}: {{sloth_service}} {{sloth_slo}}",
            mayBeEmpty: "none fires",
          },
        ],
      }),
    ],
  },
});
