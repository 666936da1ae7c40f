import assert from "node:assert/strict";
import { dashboard, without, type Board } from "../../components/dashboards/board";
import { logs, timeseries } from "../../components/dashboards/panels";

const chart = (title: string) =>
  timeseries({ title, description: "…", width: "half", unit: "short", queries: [{ expr: "up" }] });
const lines = logs({ title: "Lines", description: "…", width: "half", source: "loki", query: { expr: '{a="b"}' } });

const board: Board = {
  uid: "one",
  title: "One",
  description: "The one.",
  variables: {
    service: { label: "Service", values: { metric: "calls", label: "service_name" }, many: true },
    program: { label: "Program", values: { metric: "uptime", label: "job" } },
  },
  links: [
    { title: "Two", url: "/d/two" },
    { title: "Lines", url: "/explore", source: "loki" },
  ],
  rows: { First: [chart("A"), lines], Second: [chart("B"), chart("C"), chart("D")], Third: [lines] },
};

describe("dashboard", () => {
  const laidOut = dashboard(board);

  it("lays panels out left to right and top to bottom, below the title of their row", () => {
    assert.deepEqual(
      laidOut.panels?.map(({ title, gridPos }) => [title, gridPos?.x, gridPos?.y, gridPos?.w, gridPos?.h]),
      [
        ["First", 0, 0, 24, 1],
        ["A", 0, 1, 12, 8],
        ["Lines", 12, 1, 12, 8],
        ["Second", 0, 9, 24, 1],
        ["B", 0, 10, 12, 8],
        ["C", 12, 10, 12, 8],
        ["D", 0, 18, 12, 8],
        ["Third", 0, 26, 24, 1],
        ["Lines", 0, 27, 12, 8],
      ],
    );
  });

  it("asks Prometheus what a variable may be", () => {
    const read = laidOut.templating.list?.map(({ name, query, multi, current }) => ({ name, query, multi, current }));
    assert.deepEqual(read, [
      {
        name: "service",
        query: "label_values(calls, service_name)",
        multi: true,
        current: { text: ["All"], value: ["$__all"] },
      },
      { name: "program", query: "label_values(uptime, job)", multi: false, current: undefined },
    ]);
  });

  it("leads to the other dashboards", () => {
    assert.deepEqual(
      laidOut.links?.map(({ title, type, url, tags }) => ({ title, type, url, tags })),
      [
        { title: "Dashboards", type: "dashboards", url: "", tags: ["tracing"] },
        { title: "Two", type: "link", url: "/d/two", tags: [] },
        { title: "Lines", type: "link", url: "/explore", tags: [] },
      ],
    );
  });

  it("lays the same board out in the same way twice", () => {
    assert.equal(JSON.stringify(dashboard(board)), JSON.stringify(laidOut));
  });
});

describe("without", () => {
  it("leaves out the panels and links of a data source, and rows that held no others", () => {
    const { rows, links } = without("loki", board);
    assert.deepEqual(links, [{ title: "Two", url: "/d/two" }]);
    assert.deepEqual(
      Object.entries(rows).map(([row, tiles]) => [row, tiles.map(({ panel }) => panel.title)]),
      [
        ["First", ["A"]],
        ["Second", ["B", "C", "D"]],
      ],
    );
  });
});
