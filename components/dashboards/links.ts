import { plugins, uids } from "./data-sources";
import type { Link } from "./tile";

/** Uids of the dashboards: part of every address, and public. */
export const boards = {
  overview: "tracing-overview",
  services: "tracing-services",
  service: "tracing-service",
  objectives: "tracing-objectives",
  serviceGraph: "tracing-service-graph",
  collector: "tracing-collector",
  sampling: "tracing-sampling",
  ledger: "tracing-ledger",
  jaeger: "tracing-jaeger",
} as const;

/** To a dashboard, at the time shown. */
export const toBoard = (board: keyof typeof boards, title: string): Link => ({
  title,
  url: `/d/${boards[board]}?\${__url_time_range}`,
});

/** To one service, named by a variable of Grafana's. */
const toService = (name: string): Link => ({
  title: "Open this service",
  url: `/d/${boards.service}?var-service=${name}&\${__url_time_range}`,
});

/** From a series to its service. */
export const seriesToService = toService("${__field.labels.service_name}");
/** From a row of a table to the service in one of its columns. */
export const rowToService = (column: string): Link => toService(`\${__data.fields["${column}"]}`);

/** To Grafana's Explore, at the time shown. A variable of the dashboard may stand in the query. */
export function toExplore(title: string, source: keyof typeof uids, query: Readonly<Record<string, string>>): Link {
  const datasource = { type: plugins[source], uid: uids[source] };
  const range = { from: "${__from}", to: "${__to}" };
  const panes = { left: { datasource: datasource.uid, queries: [{ refId: "A", datasource, ...query }], range } };
  // Grafana puts variables in after it has read the link, so their signs stay as they are.
  const encoded = encodeURIComponent(JSON.stringify(panes)).replace(/%24(%7B)?(\w+)(%7D)?/g, (sign) =>
    decodeURIComponent(sign),
  );
  return { title, url: `/explore?schemaVersion=1&orgId=1&panes=${encoded}`, source };
}
