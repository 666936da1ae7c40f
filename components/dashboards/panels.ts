import { PanelBuilder as BarGauge } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  LegendDisplayMode,
  LogsSortOrder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { MappingType, SpecialValueMatch, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as Logs } from "@grafana/grafana-foundation-sdk/logs";
import {
  EdgeOptionsBuilder,
  NodeOptionsBuilder,
  PanelBuilder as NodeGraph,
} from "@grafana/grafana-foundation-sdk/nodegraph";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as Timeseries } from "@grafana/grafana-foundation-sdk/timeseries";
import type { LogStoreKind } from "../logs";
import { atTheEnd, overTime, search, type Query } from "./targets";
import { isWhole, last, link, thresholds, tile, type Colours, type Link, type PanelOptions, type Tile } from "./tile";

export interface TimeseriesOptions extends PanelOptions {
  readonly unit: string;
  /** @default "prometheus" */
  readonly source?: "prometheus" | LogStoreKind;
  readonly queries: readonly Query[];
  /** @default false */
  readonly stacked?: boolean;
  /** Highest value of a scale with an end: 1 for a share. @default - as the data asks */
  readonly max?: number;
  /** Lowest value of its scale; null: as the data asks. @default 0 */
  readonly min?: number | null;
  /** Where a click on a series leads. @default - nowhere */
  readonly link?: Link;
}

/** A chart over time, from zero, with one crosshair for the whole dashboard and the largest value first. */
export function timeseries(options: TimeseriesOptions): Tile {
  const { unit, source = "prometheus", queries, stacked = false, max, min = 0, link: to } = options;
  const builder = new Timeseries()
    .unit(unit)
    .lineWidth(1)
    .fillOpacity(stacked ? 30 : 10)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
    .legend(new VizLegendOptionsBuilder().showLegend(true).displayMode(LegendDisplayMode.List))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(queries.map((query, i) => ({ build: () => overTime(source, query, i) })));
  if (min !== null) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (to !== undefined) builder.dataLinks([{ build: () => link(to) }]);
  return tile(options, source, queries, builder.build());
}

export interface NumberOptions extends PanelOptions {
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly colours: Colours;
  /** Words in place of numbers: `{ 0: "down", 1: "up" }`. @default - the numbers */
  readonly words?: Readonly<Record<string, string>>;
  /** Where a click leads. @default - nowhere */
  readonly link?: Link;
}

const inWords = (words: Readonly<Record<string, string>>): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(words).map(([value, text]) => [value, { text }])),
  },
];

/** What is not there is neither well nor ill. */
const nothing: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: "nothing yet", color: "#808080" } },
};

/** One number for each series, on its colour: what to look at first. */
export function number(options: NumberOptions): Tile {
  const { unit, queries, colours, words, link: to } = options;
  const builder = new Stat()
    .unit(unit)
    .thresholds(thresholds(colours))
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.Auto)
    .reduceOptions(last())
    .targets(queries.map((query, i) => ({ build: () => atTheEnd(PromQueryFormat.TimeSeries, query, i) })));
  if (isWhole(unit)) builder.decimals(0);
  builder.mappings([...(words === undefined ? [] : inWords(words)), nothing]);
  if (to !== undefined) builder.dataLinks([{ build: () => link(to) }]);
  return tile(options, "prometheus", queries, builder.build());
}

export interface BarsOptions extends PanelOptions {
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly colours: Colours;
  /** @default - the largest value */
  readonly max?: number;
}

/** One bar for each series, the whole list in sight. */
export function bars(options: BarsOptions): Tile {
  const { unit, queries, colours, max } = options;
  const builder = new BarGauge()
    .unit(unit)
    .min(0)
    .thresholds(thresholds(colours))
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(last())
    .targets(queries.map((query, i) => ({ build: () => atTheEnd(PromQueryFormat.TimeSeries, query, i) })));
  if (isWhole(unit)) builder.decimals(0);
  if (max !== undefined) builder.max(max);
  return tile(options, "prometheus", queries, builder.build());
}

export interface LogsOptions extends PanelOptions {
  readonly source: LogStoreKind;
  readonly query: Query;
}

/** Log lines, the newest first; each line opens its labels, and its trace. */
export const logs = (options: LogsOptions): Tile =>
  tile(
    options,
    options.source,
    [options.query],
    new Logs()
      .showTime(true)
      .wrapLogMessage(true)
      .enableLogDetails(true)
      .sortOrder(LogsSortOrder.Descending)
      .withTarget({ build: () => overTime(options.source, options.query, 0) })
      .build(),
  );

export interface TracesOptions extends PanelOptions {
  /** Name of the service; a variable of the dashboard may stand in it. */
  readonly service: string;
  /** Why a healthy system has none. @default - it always has */
  readonly mayBeEmpty?: string;
}

/** The newest traces of a service; each opens in Grafana. */
export function traces(options: TracesOptions): Tile {
  const query: Query = {
    expr: options.service,
    ...(options.mayBeEmpty !== undefined && { mayBeEmpty: options.mayBeEmpty }),
  };
  return tile(options, "jaeger", [query], new Table().withTarget({ build: () => search(query) }).build());
}

export interface GraphOptions extends PanelOptions {
  readonly unit: string;
  /** Answers with one series for each edge, labelled id, source and target. */
  readonly edges: Query;
}

/**
 * Circles and arrows. Grafana draws the circles from the arrows alone, and adds up in each what comes in.
 *
 * Source: the panel's public/app/plugins/panel/nodeGraph/utils.ts.
 */
export const graph = (options: GraphOptions): Tile =>
  tile(
    options,
    "prometheus",
    [options.edges],
    new NodeGraph()
      .nodes(new NodeOptionsBuilder().mainStatUnit(options.unit))
      .edges(new EdgeOptionsBuilder().mainStatUnit(options.unit))
      .withTarget({ build: () => atTheEnd(PromQueryFormat.Table, options.edges, 0) })
      .withTransformation({ id: "organize", options: { renameByName: { Value: "mainstat" } } })
      .build(),
  );
