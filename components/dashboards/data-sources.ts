import type { Config } from "../core/config";
import { httpUrl, type Endpoint } from "../core/platform";
import { wholeDuration, type Duration } from "../core/units";
import type { LogStoreKind } from "../logs";
import { fromSpan } from "./queries";

/**
 * Uids by which dashboards and links find each data source. They are fixed, so that a dashboard works in every stack;
 * `logs` says what it holds and not which program, so that the store of logs may be another one.
 */
export const uids = { prometheus: "prometheus", jaeger: "jaeger", victorialogs: "logs", loki: "logs" } as const;
export type DataSource = keyof typeof uids;

/** Plugin that asks VictoriaLogs, which no image of Grafana has inside. Source: docs/victorialogs of its data source. */
export const victoriaLogsPlugin = "victoriametrics-logs-datasource";

/** Plugins by which Grafana knows each. */
export const plugins: Readonly<Record<DataSource, string>> = {
  prometheus: "prometheus",
  jaeger: "jaeger",
  victorialogs: victoriaLogsPlugin,
  loki: "loki",
};

/** Where log lines are asked for. */
export interface LogSource {
  readonly kind: LogStoreKind;
  readonly at: Endpoint;
}

export interface DataSourcesArgs {
  readonly prometheus: Endpoint;
  /** Query port of Jaeger. */
  readonly jaeger: Endpoint;
  /** @default - logs are not shown */
  readonly logs?: LogSource;
  /**
   * The longest time between two samples of one series: the scrape interval, or the flush interval of span metrics.
   * `$__rate_interval` is four times as long, so that a rate always finds two samples.
   *
   * @default "15s"
   */
  readonly resolution?: Duration;
}

/** Variable with the password of a data source. */
export const passwordVariable = (source: "prometheus" | "jaeger" | "logs"): string =>
  `${source.toUpperCase()}_PASSWORD`;

/** How Grafana says who it is. */
const shows = (source: Parameters<typeof passwordVariable>[0], { login }: Endpoint): Config =>
  login === undefined
    ? {}
    : {
        basicAuth: true,
        basicAuthUser: login.username,
        secureJsonData: { basicAuthPassword: `$${passwordVariable(source)}` },
      };

/** Grafana reads `$name` in provisioning files as a variable of the environment; a doubled dollar is a dollar. */
const escaped = (text: string): string => text.replaceAll("$", "$$$$");

/** Around the time of a span: clocks differ, and log lines are written after what they tell of. */
const around = (time: Duration) => ({ spanStartTimeShift: `-${time}`, spanEndTimeShift: time });

const prometheus = ({ prometheus, resolution = "15s" }: DataSourcesArgs): Config => ({
  name: "Prometheus",
  uid: uids.prometheus,
  type: "prometheus",
  access: "proxy",
  url: httpUrl(prometheus),
  ...shows("prometheus", prometheus),
  isDefault: true,
  editable: false,
  jsonData: {
    httpMethod: "POST",
    prometheusType: "Prometheus",
    timeInterval: wholeDuration(resolution),
    manageAlerts: true,
    exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: uids.jaeger, urlDisplayLabel: "Open trace" }],
  },
});

/**
 * Jaeger keeps the service's name apart from the tags of a span, so neither link can be keyed by service, as recipes for
 * other trace stores are: logs are found by trace id, and metrics are shown for each service that has a span so called.
 */
const jaeger = ({ jaeger, logs }: DataSourcesArgs): Config => ({
  name: "Jaeger",
  uid: uids.jaeger,
  type: "jaeger",
  access: "proxy",
  url: httpUrl(jaeger),
  ...shows("jaeger", jaeger),
  editable: false,
  jsonData: {
    nodeGraph: { enabled: true },
    spanBar: { type: "Duration" },
    traceIdTimeParams: { enabled: true },
    ...(logs && {
      tracesToLogsV2: {
        datasourceUid: uids[logs.kind],
        ...around("5m"),
        customQuery: true,
        query: escaped(fromSpan.logs[logs.kind]),
      },
    }),
    tracesToMetrics: {
      datasourceUid: uids.prometheus,
      ...around("15m"),
      queries: fromSpan.metrics.map(({ name, query }) => ({ name, query: escaped(query) })),
    },
  },
});

const logLines = ({ kind, at }: LogSource): Config => ({
  name: "Logs",
  uid: uids[kind],
  type: plugins[kind],
  access: "proxy",
  url: httpUrl(at),
  ...shows("logs", at),
  editable: false,
  jsonData: {
    maxLines: "1000",
    derivedFields: [
      {
        name: "Trace",
        // A field beside the line, which counts as a label: it is never in the line itself.
        matcherType: "label",
        matcherRegex: "trace_id",
        url: escaped("${__value.raw}"),
        datasourceUid: uids.jaeger,
        urlDisplayLabel: "Open trace",
      },
    ],
  },
});

/**
 * Provisioning file of the data sources, and of the ways between them: exemplar → trace, trace → logs, trace → metrics,
 * log line → trace.
 *
 * Source: Grafana's documentation of provisioning, and the configuration pages of the three data sources.
 */
export const dataSources = (args: DataSourcesArgs): Config => ({
  apiVersion: 1,
  // Removes what an earlier deployment provisioned and this one does not.
  prune: true,
  datasources: [prometheus(args), jaeger(args), ...(args.logs ? [logLines(args.logs)] : [])],
});
