import assert from "node:assert/strict";
import { parser as logql } from "@grafana/lezer-logql";
import { parser as promql } from "@prometheus-io/lezer-promql";
import { boards, dashboardQueries, dashboards, executable } from "../../components/dashboards";
import { uids } from "../../components/dashboards/data-sources";

/** What is read of a dashboard here, after it was JSON. */
interface Read {
  uid: string;
  title: string;
  description: string;
  panels: Panel[];
  links: { type: string; url?: string }[];
  templating: { list: { name: string; datasource: { uid: string } }[] };
}
interface Panel {
  type: string;
  id: number;
  title: string;
  description?: string;
  datasource?: { uid: string };
  targets?: { refId: string; datasource: { uid: string } }[];
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig?: {
    defaults: { unit?: string; links?: { url: string }[] };
    overrides: { matcher: { options: string }; properties: { id: string; value: unknown }[] }[];
  };
  options?: { edges?: { mainStatUnit?: string } };
  transformations?: { id: string; options: { renameByName?: Record<string, string> } }[];
}

const texts = Object.entries(dashboards).map(([file, build]): [string, string] => [file, JSON.stringify(build())]);
const all = texts.map(([, text]) => JSON.parse(text) as Read);

/** Words for a failure: the dashboard and the panel it is about. */
const at = ({ title }: Read, panel?: Panel) => [title, ...(panel ? [panel.title] : [])].join(": ");
const duplicates = <T>(values: readonly T[]) => values.filter((value, i) => values.indexOf(value) !== i);
const panelsOf = ({ panels }: Read) => panels.filter(({ type }) => type !== "row");
const each = (look: (panel: Panel, board: Read) => boolean) =>
  all.flatMap((board) =>
    panelsOf(board)
      .filter((panel) => look(panel, board))
      .map((panel) => at(board, panel)),
  );

/** Every address a dashboard leads to. */
const addresses = ({ links, panels }: Read): string[] => [
  ...links.flatMap(({ type, url }) => (type === "link" && url !== undefined ? [url] : [])),
  ...panels.flatMap(({ fieldConfig }) => [
    ...(fieldConfig?.defaults.links ?? []).map(({ url }) => url),
    ...(fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
      properties
        .filter(({ id }) => id === "links")
        .flatMap(({ value }) => (value as { url: string }[]).map(({ url }) => url)),
    ),
  ]),
];

describe("dashboards", () => {
  it("are these, at these addresses", () => {
    assert.deepEqual(Object.fromEntries(texts.map(([file], i) => [file, all[i]?.uid])), {
      overview: "tracing-overview",
      sampling: "tracing-sampling",
      services: "tracing-services",
      service: "tracing-service",
      objectives: "tracing-objectives",
      "service-graph": "tracing-service-graph",
      collector: "tracing-collector",
      ledger: "tracing-ledger",
      jaeger: "tracing-jaeger",
    });
  });

  it("have panels with an id and a title of their own", () => {
    for (const board of all) {
      assert.deepEqual(duplicates(board.panels.map(({ id }) => id)), [], at(board));
      assert.deepEqual(duplicates(board.panels.map(({ title }) => title)), [], at(board));
    }
  });

  it("say what every panel shows", () => {
    assert.deepEqual(
      each(({ description = "" }) => !description.endsWith(".")),
      [],
    );
  });

  it("give every number a unit", () => {
    const titles = ({ transformations = [] }: Panel) =>
      Object.entries(transformations.find(({ id }) => id === "organize")?.options.renameByName ?? {})
        .filter(([field]) => field.startsWith("Value"))
        .map(([, title]) => title);
    const units = ({ fieldConfig }: Panel) =>
      (fieldConfig?.overrides ?? [])
        .filter(({ properties }) => properties.some(({ id, value }) => id === "unit" && typeof value === "string"))
        .map(({ matcher }) => matcher.options);
    assert.deepEqual(
      each((panel) => {
        if (panel.datasource?.uid === "jaeger" || panel.type === "logs") return false;
        if (panel.type === "nodeGraph") return panel.options?.edges?.mainStatUnit === undefined;
        if (panel.type === "table") return titles(panel).some((title) => !units(panel).includes(title));
        return panel.fieldConfig?.defaults.unit === undefined;
      }),
      [],
    );
  });

  it("put no panel over another or beside the grid, and leave no hole", () => {
    for (const board of all) {
      const taken = new Map<string, string>();
      for (const { title, gridPos } of board.panels) {
        assert.ok(gridPos.x + gridPos.w <= 24, `${at(board)}: ${title} is too wide`);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
            assert.equal(taken.get(`${x},${y}`), undefined, `${at(board)}: ${title}`);
            taken.set(`${x},${y}`, title);
          }
        }
      }
      const bottom = Math.max(...board.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
      assert.equal(taken.size, 24 * bottom, at(board));
    }
  });

  it("ask data sources that are provisioned, and tell the queries of a panel apart", () => {
    const known: readonly string[] = Object.values(uids);
    for (const board of all) {
      const asked = panelsOf(board).flatMap(({ datasource, targets = [] }) => [
        datasource,
        ...targets.map((t) => t.datasource),
      ]);
      for (const source of [...asked, ...board.templating.list.map(({ datasource }) => datasource)]) {
        assert.ok(source && known.includes(source.uid), at(board));
      }
    }
    assert.deepEqual(
      each(({ targets = [] }) => targets.length === 0 || duplicates(targets.map(({ refId }) => refId)).length > 0),
      [],
    );
  });

  it("lead to dashboards that exist, and choose variables that they have", () => {
    const byUid = new Map(all.map((board) => [board.uid, board]));
    const internal = all.flatMap(addresses).filter((url) => url.startsWith("/d/"));
    assert.ok(internal.length > 10);
    for (const url of internal) {
      const [path = "", query = ""] = url.split("?");
      const target = byUid.get(path.slice("/d/".length));
      assert.ok(target, url);
      const variables = target.templating.list.map(({ name }) => name);
      for (const [, name] of query.matchAll(/(?:^|&)var-([^=]+)=/g)) assert.ok(variables.includes(name!), url);
    }
    const others = all.flatMap(addresses).filter((url) => !url.startsWith("/d/") && !url.startsWith("/explore?"));
    assert.deepEqual(others, []);
  });

  it("fit into a ConfigMap", () => {
    for (const [file, text] of texts) assert.ok(Buffer.byteLength(text) < 1024 ** 2, file);
  });
});

describe("dashboardQueries", () => {
  const queries = dashboardQueries();
  const variables: Record<string, string> = { service: "pay", program: "collector" };

  it("lists every query of every panel, and what each variable asks", () => {
    const targets = all.flatMap(panelsOf).flatMap(({ targets = [] }) => targets).length;
    const asked = all.flatMap(({ templating }) => templating.list).length;
    assert.equal(queries.length, targets + asked);
    assert.deepEqual(queries.filter(({ panel }) => panel === "variable service")[0], {
      dashboard: "services",
      panel: "variable service",
      datasource: "prometheus",
      expr: 'group by (service_name) (traces_span_metrics_calls_total{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"})',
    });
  });

  it("says why, where a healthy system gives no answer", () => {
    assert.deepEqual(
      queries.find(({ panel }) => panel === "Alerts"),
      {
        dashboard: "overview",
        panel: "Alerts",
        datasource: "prometheus",
        expr: 'max by (alertname, severity, job) (ALERTS{alertstate="firing",alertname!="Watchdog"})',
        mayBeEmpty: "no alert fires",
      },
    );
    assert.deepEqual(
      queries.filter(({ mayBeEmpty }) => mayBeEmpty?.trim() === ""),
      [],
    );
  });

  it("asks with variables that the dashboard has", () => {
    for (const [file, board] of Object.entries(boards)) {
      const own = Object.keys(board("victorialogs").variables ?? {});
      const given = Object.fromEntries(
        own.map((name) => [name, variables[name] ?? assert.fail(`no value for ${name}`)]),
      );
      for (const { panel, expr } of queries.filter(({ dashboard }) => dashboard === file)) {
        assert.doesNotMatch(executable(expr, given), /\$[a-zA-Z_{]/, `${file}: ${panel}`);
      }
    }
  });

  for (const [datasource, parser] of [
    ["prometheus", promql],
    ["loki", logql],
  ] as const) {
    it(`asks ${datasource} in its language`, () => {
      const all = [...queries, ...dashboardQueries("loki")];
      const asked = all.filter((query) => query.datasource === datasource);
      assert.ok(asked.length > 0);
      for (const { dashboard, panel, expr } of asked) {
        const text = executable(expr, variables);
        parser.parse(text).iterate({
          enter: ({ type, from }) => assert.ok(!type.isError, `${dashboard}: ${panel}: ${text} at ${from}`),
        });
      }
    });
  }
});
