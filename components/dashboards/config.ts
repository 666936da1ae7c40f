import { json, yaml, type Config } from "../core/config";
import type { AbsolutePath, Workload } from "../core/workload";
import type { LogStoreKind } from "../logs";
import { dashboard, without } from "./board";
import { dataSources, victoriaLogsPlugin, type DataSourcesArgs } from "./data-sources";
import { boards } from ".";

export interface GrafanaConfigArgs extends DataSourcesArgs {
  /** More dashboards, by the name of their file; one with the name of ours takes its place. @default - none */
  readonly dashboards?: Readonly<Record<string, object>>;
  /** Address under which browsers reach it. A proxy in front of it takes its path away. @default - as browsers ask */
  readonly rootUrl?: string;
}

const provisioning: AbsolutePath = "/etc/grafana/provisioning";
/** Beside the file that announces them: Grafana reads YAML as provisioning and JSON as dashboards. */
const folder: AbsolutePath = `${provisioning}/dashboards`;

/** Provisioning file of the dashboards. Source: Grafana's documentation of provisioning. */
export const dashboardProvider: Config = {
  apiVersion: 1,
  providers: [
    {
      name: "tracing",
      type: "file",
      folder: "Tracing",
      folderUid: "tracing",
      // What is in files is not edited in the browser: the next deployment would undo it. Copies can be.
      allowUiUpdates: false,
      disableDeletion: false,
      updateIntervalSeconds: 30,
      options: { path: folder },
    },
  ],
};

/** The library's dashboards as Grafana reads them, by the name of their file; without a store of log lines, without their panels. */
export const boardsFor = (logs: LogStoreKind | undefined): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(boards).map(([file, board]) => [
      file,
      dashboard(logs ? board(logs) : without("victorialogs", board("victorialogs"))),
    ]),
  );

/** Every file Grafana is provisioned by. */
export function grafanaFiles(args: GrafanaConfigArgs): NonNullable<Workload["files"]> {
  const all = { ...boardsFor(args.logs?.kind), ...args.dashboards };
  return {
    [`${provisioning}/datasources/tracing.yaml`]: { content: yaml(dataSources(args)) },
    [`${folder}/tracing.yaml`]: { content: yaml(dashboardProvider) },
    ...Object.fromEntries(
      // Functions, which the SDK leaves on queries, are no part of JSON.
      Object.entries(all).map(([file, board]) => [`${folder}/${file}.json`, { content: json(board as Config) }]),
    ),
  };
}

/** What Grafana 13 installs where nobody forbids it. Source: pkg/setting/setting_plugins.go of Grafana. */
const apps = [
  "grafana-lokiexplore-app",
  "grafana-pyroscope-app",
  "grafana-exploretraces-app",
  "grafana-metricsdrilldown-app",
  "grafana-advisor-app",
];

/**
 * Settings as Grafana's environment has them. Nothing is asked of the internet but the plugin of
 * VictoriaLogs, and nothing is written outside the data volume and /tmp.
 *
 * Source: conf/defaults.ini of Grafana.
 */
export const grafanaSettings = ({ rootUrl, logs }: GrafanaConfigArgs): Readonly<Record<string, string>> => ({
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
  GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
  GF_ANALYTICS_REPORTING_ENABLED: "false",
  GF_AUTH_ANONYMOUS_ENABLED: "false",
  GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${folder}/overview.json`,
  GF_LOG_MODE: "console",
  GF_NEWS_NEWS_FEED_ENABLED: "false",
  // The data sources of Jaeger, Loki and Prometheus are plugins inside the image. Left to itself, Grafana stops them at
  // start to replace them by newer ones, which fails on a read-only root and leaves none.
  GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
  ...(logs?.kind === "victorialogs"
    ? {
        // Into the data volume, before it serves. Those that it would add by itself are apps that nothing here links to.
        GF_PLUGINS_PREINSTALL_SYNC: victoriaLogsPlugin,
        GF_PLUGINS_DISABLE_PLUGINS: apps.join(","),
      }
    : { GF_PLUGINS_PREINSTALL_DISABLED: "true" }),
  GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: "true",
  GF_SECURITY_DISABLE_GRAVATAR: "true",
  GF_SNAPSHOTS_EXTERNAL_ENABLED: "false",
  GF_USERS_ALLOW_SIGN_UP: "false",
  ...(rootUrl !== undefined && { GF_SERVER_ROOT_URL: rootUrl }),
});
