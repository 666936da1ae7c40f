import assert from "node:assert/strict";
import { bars, graph, logs, number, timeseries, traces } from "../../components/dashboards/panels";
import { panelId } from "../../components/dashboards/tile";

const said = { title: "Requests", description: "How many.", width: "third" } as const;

/** A panel as Grafana reads it: functions that the SDK leaves on queries are no part of JSON. */
const read = (panel: object) => JSON.parse(JSON.stringify(panel));

describe("panels", () => {
  it("draws a chart over time in the house style", () => {
    const { panel, source, queries } = timeseries({
      ...said,
      unit: "reqps",
      link: { title: "Open", url: "/d/x" },
      queries: [{ expr: "a", legend: "{{job}}", exemplars: true }],
    });
    assert.equal(source, "prometheus");
    assert.deepEqual(queries, [{ expr: "a", legend: "{{job}}", exemplars: true }]);
    assert.deepEqual(read(panel), {
      type: "timeseries",
      id: 182069081,
      title: "Requests",
      description: "How many.",
      datasource: { type: "prometheus", uid: "prometheus" },
      gridPos: { x: 0, y: 0, w: 8, h: 8 },
      transparent: false,
      repeatDirection: "h",
      targets: [
        {
          datasource: { type: "prometheus", uid: "prometheus" },
          refId: "A",
          expr: "a",
          legendFormat: "{{job}}",
          range: true,
          instant: false,
          exemplar: true,
        },
      ],
      options: {
        legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
        tooltip: { mode: "multi", sort: "desc" },
      },
      fieldConfig: {
        defaults: {
          unit: "reqps",
          min: 0,
          links: [
            {
              title: "Open",
              type: "link",
              icon: "external link",
              tooltip: "",
              tags: [],
              asDropdown: false,
              targetBlank: false,
              includeVars: false,
              keepTime: false,
              url: "/d/x",
            },
          ],
          custom: { lineWidth: 1, fillOpacity: 10, showPoints: "never", stacking: { mode: "none" } },
        },
        overrides: [],
      },
    });
  });

  it("keeps the id of a panel as long as its title", () => {
    assert.equal(panelId("Requests"), 182069081);
    assert.notEqual(panelId("Requests"), panelId("Request rate"));
  });

  it("asks Loki for logs over time", () => {
    const { panel, source } = logs({ ...said, source: "loki", query: { expr: '{a="b"}' } });
    assert.equal(source, "loki");
    assert.deepEqual(read(panel).targets, [
      { refId: "A", datasource: { type: "loki", uid: "logs" }, expr: '{a="b"}', queryType: "range" },
    ]);
  });

  it("asks for one value of each number, at the end of the time shown", () => {
    const { panel } = number({ ...said, unit: "short", colours: { green: null, red: 1 }, queries: [{ expr: "a" }] });
    const { targets, fieldConfig } = read(panel);
    assert.deepEqual(targets, [
      {
        datasource: { type: "prometheus", uid: "prometheus" },
        refId: "A",
        expr: "a",
        range: false,
        instant: true,
        format: "time_series",
      },
    ]);
    assert.deepEqual(fieldConfig.defaults.thresholds, {
      mode: "absolute",
      steps: [
        { color: "green", value: null },
        { color: "red", value: 1 },
      ],
    });
  });

  it("shows counts whole, and other numbers as exactly as there is room for", () => {
    const decimals = (unit: string) => {
      const { panel } = number({ ...said, unit, colours: { green: null }, queries: [{ expr: "a" }] });
      return read(panel).fieldConfig.defaults.decimals;
    };
    assert.deepEqual([decimals("short"), decimals("reqps")], [0, undefined]);
  });

  it("says words in place of numbers", () => {
    const words = { 0: "down", 1: "up" };
    const { panel } = number({ ...said, unit: "short", colours: { green: null }, words, queries: [{ expr: "up" }] });
    assert.deepEqual(read(panel).fieldConfig.defaults.mappings, [
      { type: "value", options: { 0: { text: "down" }, 1: { text: "up" } } },
      { type: "special", options: { match: "null+nan", result: { text: "nothing yet", color: "#808080" } } },
    ]);
  });

  it("says why it is empty, where all it asks may be", () => {
    const noValue = (...queries: readonly { expr: string; mayBeEmpty?: string }[]) =>
      read(timeseries({ ...said, unit: "short", queries }).panel).fieldConfig.defaults.noValue;
    assert.equal(noValue({ expr: "a", mayBeEmpty: "nothing fails" }), "nothing fails");
    assert.equal(noValue({ expr: "a", mayBeEmpty: "nothing fails" }, { expr: "b" }), undefined);
  });

  it("ends a scale where a share ends", () => {
    const { panel } = bars({
      ...said,
      unit: "percentunit",
      max: 1,
      colours: { green: null },
      queries: [{ expr: "a" }],
    });
    assert.equal(read(panel).fieldConfig.defaults.max, 1);
  });

  it("searches Jaeger for the traces of a service", () => {
    const { panel, source, queries } = traces({ ...said, service: "$service" });
    assert.equal(source, "jaeger");
    assert.deepEqual(queries, [{ expr: "$service" }]);
    assert.deepEqual(read(panel).targets, [
      {
        refId: "A",
        datasource: { type: "jaeger", uid: "jaeger" },
        queryType: "search",
        service: "$service",
        limit: 20,
      },
    ]);
  });

  it("gives the node graph its number under the name it looks for", () => {
    const { panel } = graph({ ...said, unit: "reqps", edges: { expr: "a" } });
    const { transformations, options } = read(panel);
    assert.deepEqual(transformations, [{ id: "organize", options: { renameByName: { Value: "mainstat" } } }]);
    assert.deepEqual(options, { nodes: { mainStatUnit: "reqps" }, edges: { mainStatUnit: "reqps" } });
  });
});
