import assert from "node:assert/strict";
import { boards, dashboardQueries } from "../../components/dashboards";
import { tracingRules } from "../../components/prometheus/rules";
import * as metrics from "../../components/prometheus/metrics";
import { faults } from "../faults/faults";
import { read, tables } from "../support/markdown";

const rows = tables(read("docs/loss.md")).flatMap(({ headers, rows }) =>
  rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ""]))),
);
const codes = (cell = "") => [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code!);
const unique = (values: readonly string[]) => [...new Set(values)];

describe("docs/loss.md", () => {
  it("names alerts that exist, and leaves out none about loss", () => {
    const rules = Object.values(
      tracingRules({
        storage: { kind: "badger", size: "20 GiB" },
        tailSampling: true,
        buffer: true,
        guard: true,
        volumes: { engines: ["opensearch"], brokers: [] },
        room: { services: 1, edges: 1, traces: 1, series: 1 },
        processes: { sampler: 2 },
      }),
    )
      .flat()
      .flatMap((group) => group.rules)
      .flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
    const named = unique(rows.flatMap(({ Alert }) => codes(Alert)));
    assert.deepEqual(
      named.filter((alert) => !rules.includes(alert)),
      [],
    );
    const aboutLoss = rules.filter((alert) =>
      /Dropped|QueueFull|Discarded|TooOld|Cut|Overflows|DiskLow|VolumeLow|Unreadable|NotRead|Evicted|SamplerRestarted|SpansLate|GatewaysDisagree/.test(
        alert,
      ),
    );
    // Points and log records have the alerts of spans under their own names.
    const unnamed = aboutLoss.filter((alert) => !named.includes(alert) && !/^(Points|Logs)/.test(alert));
    assert.deepEqual(unnamed, []);
  });

  it("names metrics that rules or dashboards read", () => {
    const known = JSON.stringify([metrics, dashboardQueries()]);
    const unknown = unique(rows.flatMap(({ Metric }) => codes(Metric))).filter((metric) => !known.includes(metric));
    assert.deepEqual(unknown, []);
  });

  it("says of every fault what was found afterwards", () => {
    const named = rows.flatMap(({ Fault }) => (Fault === undefined ? [] : [Fault]));
    assert.deepEqual(
      named,
      faults.map(({ name }) => name),
    );
  });

  it("names panels that exist", () => {
    const titles = new Map(Object.entries(boards).map(([file, board]) => [file, board("victorialogs").title]));
    const panels = dashboardQueries().map(({ dashboard, panel }) => ({ board: titles.get(dashboard) ?? "", panel }));
    const unknown = unique(rows.flatMap(({ Panel }) => (Panel === "none" || !Panel ? [] : [Panel]))).filter((name) => {
      const [board = "", panel] = name.split(": ");
      return !panels.some((known) => known.board.startsWith(board) && known.panel === panel);
    });
    assert.deepEqual(unknown, []);
  });
});
