import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { atTheEnd, refId, type Query } from "./targets";
import { isWhole, link, tile, type Link, type PanelOptions, type Tile } from "./tile";

export interface Column extends Query {
  readonly unit: string;
}

export interface TableOptions extends PanelOptions {
  /** Labels that name a row, each with the title of its column. */
  readonly rows: Readonly<Record<string, string>>;
  /** What is said of each row, by title of the column. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Where a click leads, by title of the column. @default - nowhere */
  readonly links?: Readonly<Record<string, Link>>;
  /** Title of the column to sort by, the largest value first. @default - the first of `columns` */
  readonly sortBy?: string;
}

/** A table at the end of the time shown: queries that answer with the same labels share a row. */
export function table(options: TableOptions): Tile {
  const { rows, columns, links = {} } = options;
  const queries = Object.values(columns);
  const titles = Object.keys(columns);
  // Grafana calls the column of numbers after its query, unless there is one query alone.
  const value = (index: number) => (queries.length === 1 ? "Value" : `Value #${refId(index)}`);
  const order = [...Object.keys(rows), ...titles.map((_, i) => value(i))];
  const builder = new Table()
    .targets(queries.map((query, i) => ({ build: () => atTheEnd(PromQueryFormat.Table, query, i) })))
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(order.map((name, index) => [name, index])),
        renameByName: { ...rows, ...Object.fromEntries(titles.map((title, i) => [value(i), title])) },
      },
    })
    .sortBy([{ build: () => ({ displayName: options.sortBy ?? titles[0] ?? "", desc: true }) }]);
  titles.forEach((title, i) => builder.overrideByName(title, asIn(queries[i]!.unit)));
  for (const [title, to] of Object.entries(links)) builder.overrideByName(title, [dataLinks(to)]);
  return tile(options, "prometheus", queries, builder.build());
}

const asIn = (unit: string): DynamicConfigValue[] => [
  { id: "unit", value: unit },
  ...(isWhole(unit) ? [{ id: "decimals", value: 0 }] : []),
];

const dataLinks = (to: Link): DynamicConfigValue => ({ id: "links", value: [link(to)] });
