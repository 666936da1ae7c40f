import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { LogStoreKind } from "../logs";
import { dashboard, type Board } from "./board";
import { collectorBoard } from "./collector";
import type { DataSource } from "./data-sources";
import { jaegerBoard } from "./jaeger";
import { ledgerBoard } from "./ledger";
import { objectivesBoard } from "./objectives";
import { overviewBoard } from "./overview";
import { samplingBoard } from "./sampling";
import { serviceBoard } from "./service";
import { serviceGraphBoard } from "./service-graph";
import { servicesBoard } from "./services";

/** Every dashboard of the library, by the name of its file. */
export const boards = {
  overview: overviewBoard,
  services: servicesBoard,
  service: serviceBoard,
  objectives: objectivesBoard,
  "service-graph": serviceGraphBoard,
  collector: collectorBoard,
  sampling: samplingBoard,
  ledger: ledgerBoard,
  jaeger: jaegerBoard,
} as const satisfies Record<string, (logs: LogStoreKind) => Board>;

/** The same, laid out as Grafana reads them. */
export const dashboards: Readonly<Record<string, (logs?: LogStoreKind) => Dashboard>> = Object.fromEntries(
  Object.entries(boards).map(([file, board]) => [file, (logs = "victorialogs") => dashboard(board(logs))]),
);

/** One question that a dashboard asks a data source. */
export interface DashboardQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly datasource: DataSource;
  /** PromQL, LogsQL, LogQL or the name of a service, with Grafana's variables in it: see {@link executable}. */
  readonly expr: string;
  /** Why a healthy system gives no answer. @default - it always gives one */
  readonly mayBeEmpty?: string;
}

/** Every question of every dashboard, those behind the choices of its variables included. */
export const dashboardQueries = (logs: LogStoreKind = "victorialogs"): DashboardQuery[] =>
  Object.entries(boards).flatMap(([file, board]) => queriesOf(file, board(logs)));

const queriesOf = (dashboard: string, { variables = {}, rows }: Board): DashboardQuery[] => [
  ...Object.entries(variables).map(([name, { values }]) => ({
    dashboard,
    panel: `variable ${name}`,
    datasource: "prometheus" as const,
    expr: `group by (${values.label}) (${values.metric})`,
  })),
  ...Object.values(rows)
    .flat()
    .flatMap(({ panel, source, queries }) =>
      queries.map(({ expr, mayBeEmpty }) => ({
        dashboard,
        panel: panel.title ?? "",
        datasource: source,
        expr,
        ...(mayBeEmpty !== undefined && { mayBeEmpty }),
      })),
    ),
];

export { executable } from "./executable";
