import { DataqueryBuilder as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import type { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { DataqueryBuilder as PrometheusQuery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { LogStoreKind } from "../logs";
import { plugins, uids, type DataSource } from "./data-sources";

/** One question of a panel. */
export interface Query {
  /** PromQL, LogsQL or LogQL; for Jaeger the service whose traces are asked for. */
  readonly expr: string;
  /** Name of each series: `{{service_name}}`. @default - all its labels */
  readonly legend?: string;
  /** Ask for exemplars too, which lead from a point of the chart to a trace. @default false */
  readonly exemplars?: boolean;
  /** Why a healthy system gives no answer. @default - it always gives one */
  readonly mayBeEmpty?: string;
}

export const reference = (source: DataSource): DataSourceRef => ({ type: plugins[source], uid: uids[source] });

/** `A`, `B`, …: how Grafana tells the queries of one panel apart. */
export const refId = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

/** A query over the time shown. */
export function overTime(source: "prometheus" | LogStoreKind, query: Query, index: number): Dataquery {
  const { expr, legend, exemplars = false } = query;
  if (source === "victorialogs") return victoriaLogs(query, index);
  const target =
    source === "loki" ? new LokiQuery().queryType("range") : new PrometheusQuery().range().exemplar(exemplars);
  target.datasource(reference(source)).refId(refId(index)).expr(expr);
  if (legend !== undefined) target.legendFormat(legend);
  return target.build();
}

/** What the data source of VictoriaLogs is asked. Source: its src/types.ts; the SDK has no builder for it. */
export interface VictoriaLogsQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly editorMode: "code";
  /** `instant` gives lines, `statsRange` a chart. */
  readonly queryType: "instant" | "statsRange";
  readonly expr: string;
  readonly legendFormat?: string;
}

const victoriaLogs = ({ expr, legend }: Query, index: number): VictoriaLogsQuery => ({
  refId: refId(index),
  datasource: reference("victorialogs"),
  editorMode: "code",
  queryType: /\| stats /.test(expr) ? "statsRange" : "instant",
  expr,
  ...(legend !== undefined && { legendFormat: legend }),
  _implementsDataqueryVariant: () => undefined,
});

/** A Prometheus query at the end of the time shown: one value for each series, or one row of a table. */
export const atTheEnd = (format: PromQueryFormat, { expr, legend }: Query, index: number): Dataquery => {
  const target = new PrometheusQuery().instant().format(format);
  target.datasource(reference("prometheus")).refId(refId(index)).expr(expr);
  if (legend !== undefined) target.legendFormat(legend);
  return target.build();
};

/** What the Jaeger data source is asked. Source: its src/types.ts; the SDK has no builder for it. */
export interface JaegerQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly queryType: "search";
  readonly service: string;
  readonly limit: number;
}

/** The newest traces with a span of a service. */
export const search = ({ expr }: Query): JaegerQuery => ({
  refId: refId(0),
  datasource: reference("jaeger"),
  queryType: "search",
  service: expr,
  limit: 20,
  _implementsDataqueryVariant: () => undefined,
});
