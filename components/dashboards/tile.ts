import { ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type DashboardLink,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { contentHash } from "../core/names";
import type { DataSource } from "./data-sources";
import { reference, type Query } from "./targets";

/** Columns of a dashboard's grid of 24. */
const widths = { sixth: 4, quarter: 6, third: 8, half: 12, "two thirds": 16, full: 24 } as const;
/** Rows of it: one is 30 pixels and a gap. */
const heights = { low: 4, normal: 8, high: 12, "very high": 18 } as const;

/** What every panel says. */
export interface PanelOptions {
  /** Unique in its dashboard; links to the panel follow it. */
  readonly title: string;
  /** What it shows, and what to do about it. */
  readonly description: string;
  readonly width: keyof typeof widths;
  /** @default "normal" */
  readonly height?: keyof typeof heights;
}

/** A panel, and what it asks. */
export interface Tile {
  readonly panel: Panel;
  readonly source: DataSource;
  readonly queries: readonly Query[];
}

/** Id of a panel or row: it follows the title, so a link to it outlives a change of order. */
export const panelId = (title: string): number => Number.parseInt(contentHash(title).slice(0, 7), 16);

/** Says in place of "No data" why a healthy system has none, where all queries of a panel may be empty. */
function withReason({ fieldConfig }: Panel, queries: readonly Query[]): Partial<Panel> {
  const [reason] = queries.map(({ mayBeEmpty }) => mayBeEmpty);
  if (reason === undefined || queries.some(({ mayBeEmpty }) => mayBeEmpty === undefined)) return {};
  const { defaults = {}, overrides = [] } = fieldConfig ?? {};
  return { fieldConfig: { defaults: { ...defaults, noValue: reason }, overrides } };
}

/** Says of a panel what all panels say. */
export function tile(options: PanelOptions, source: DataSource, queries: readonly Query[], panel: Panel): Tile {
  const { title, description, width, height = "normal" } = options;
  return {
    source,
    queries,
    panel: {
      ...panel,
      ...withReason(panel, queries),
      id: panelId(title),
      title,
      description,
      datasource: reference(source),
      gridPos: { x: 0, y: 0, w: widths[width], h: heights[height] },
    },
  };
}

/** Where a click on a value leads. */
export interface Link {
  readonly title: string;
  readonly url: string;
  /** The data source it asks. @default - none */
  readonly source?: DataSource;
}

/** A link with every field Grafana wants; the SDK's own would hide it in a menu. */
export const link = ({ title, url }: Link): DashboardLink => ({
  title,
  url,
  type: DashboardLinkType.Link,
  icon: "external link",
  tooltip: "",
  tags: [],
  asDropdown: false,
  targetBlank: false,
  includeVars: false,
  keepTime: false,
});

/** Colours from a value upwards: `{ green: null, red: 1 }`. */
export type Colours = Readonly<Record<string, number | null>>;

export const thresholds = (colours: Colours) =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(Object.entries(colours).map(([color, value]) => ({ color, value })));

/** Whether a unit is that of a count. Prometheus works growth out to fractions, but nobody loses half a span. */
export const isWhole = (unit: string): boolean => unit === "short";

/** The value at the end of the time shown. */
export const last = () => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false);
