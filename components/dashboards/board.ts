import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
  type DashboardLink,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { DataSource } from "./data-sources";
import { link, panelId, type Link, type Tile } from "./tile";
import type { Values } from "./queries";
import { reference } from "./targets";

/** What can be chosen above the panels. */
export interface Variable {
  readonly label: string;
  readonly values: Values;
  /** Several at once, and all at first. @default false */
  readonly many?: boolean;
}

/** A dashboard before it is laid out. */
export interface Board {
  /** Part of every link to it: public. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** By name: `service` is `$service` in queries. @default - none */
  readonly variables?: Readonly<Record<string, Variable>>;
  /** Shown above the panels, besides the list of all dashboards. @default - none */
  readonly links?: readonly Link[];
  /** Panels by the title of their row, left to right and top to bottom. */
  readonly rows: Readonly<Record<string, readonly Tile[]>>;
}

/** Every dashboard of the library has it, and each lists the others by it. */
const tag = "tracing";

function variable([name, { label, values, many = false }]: [string, Variable]) {
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .datasource(reference("prometheus"))
    .query(`label_values(${values.metric}, ${values.label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(many)
    .includeAll(many);
  return many ? builder.current({ text: ["All"], value: ["$__all"] }) : builder;
}

/** All dashboards of the library, at the time shown. */
const others: DashboardLink = {
  ...link({ title: "Dashboards", url: "" }),
  type: DashboardLinkType.Dashboards,
  tags: [tag],
  asDropdown: true,
  keepTime: true,
};

/** Lays a board out as Grafana reads it. */
export function dashboard({ uid, title, description, variables = {}, links = [], rows }: Board): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([tag])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-30m", to: "now" })
    .refresh("30s")
    .variables(Object.entries(variables).map(variable))
    .links([others, ...links.map(link)].map((to) => ({ build: () => to })));
  for (const [row, tiles] of Object.entries(rows)) {
    builder.withRow(new RowBuilder(row).id(panelId(row)));
    // The SDK writes the place into the panel it is given.
    for (const { panel } of tiles) builder.withPanel({ build: () => ({ ...panel, gridPos: { ...panel.gridPos! } }) });
  }
  return builder.build();
}

/** A board without the panels and links of a data source that a stack does not have, nor rows that held no others. */
export const without = (source: DataSource, board: Board): Board => ({
  ...board,
  links: (board.links ?? []).filter((link) => link.source !== source),
  rows: Object.fromEntries(
    Object.entries(board.rows)
      .map(([row, tiles]): [string, Tile[]] => [row, tiles.filter((tile) => tile.source !== source)])
      .filter(([, tiles]) => tiles.length > 0),
  ),
});
