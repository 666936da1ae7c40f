import { json, yaml, type Config } from "../core/config";
import { boardsFor } from "../dashboards/config";
import { dataSources, type DataSourcesArgs } from "../dashboards/data-sources";
import { mainNamespace, object, type Manifest } from "../platforms/kubernetes/objects";
import type { KubernetesOptions } from "../platforms/kubernetes/options";

export interface GrafanaObjectsOptions extends DataSourcesArgs {
  /** Uid of a data source for the Prometheus that has the metrics. @default - one called Tracing metrics is added */
  readonly prometheusUid?: string;
  /** Folder of the dashboards. @default "Tracing" */
  readonly folder?: string;
}

/**
 * Dashboards and data sources as ConfigMaps, for a Grafana that is there already with the sidecars of its chart, which look
 * for the labels `grafana_dashboard` and `grafana_datasource`.
 *
 * Source: README of the Grafana Helm chart, Sidecar for dashboards and for datasources.
 */
export function grafanaObjects(options: KubernetesOptions, args: GrafanaObjectsOptions): Manifest[] {
  const { prometheusUid = "prometheus", folder = "Tracing" } = args;
  const configMap = (file: string, label: string, data: Record<string, string>, annotations = {}) =>
    object(options, {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: `${options.name}-${label === "grafana_dashboard" ? "dashboard" : "datasource"}-${file}`,
      namespace: mainNamespace(options),
      labels: { [label]: "1" },
      annotations,
      body: { data },
    }).inputs;
  const boards = Object.entries(boardsFor(args.logs?.kind));
  return [
    ...boards.map(([file, board]) =>
      configMap(
        file,
        "grafana_dashboard",
        { [`${options.name}-${file}.json`]: json(asking(board as Config, prometheusUid) as Config) },
        { grafana_folder: folder },
      ),
    ),
    configMap("tracing", "grafana_datasource", { [`${options.name}.yaml`]: yaml(added(args)) }),
  ];
}

/** Data sources beside those of somebody else: none of them is the default, and none of theirs is removed. */
function added({ prometheusUid, ...args }: GrafanaObjectsOptions): Config {
  const { apiVersion, datasources } = dataSources(args) as { apiVersion: number; datasources: Config[] };
  const [prometheus, ...others] = datasources as [Config, ...Config[]];
  const own = prometheusUid === undefined ? [{ ...prometheus, name: "Tracing metrics", isDefault: false }] : [];
  return { apiVersion, datasources: asking([...own, ...others], prometheusUid ?? "prometheus") as Config[] };
}

/** The same, with another uid wherever Prometheus is asked. */
function asking(value: unknown, uid: string): unknown {
  if (Array.isArray(value)) return value.map((item) => asking(item, uid));
  if (typeof value !== "object" || value === null) return value;
  const { type, uid: own } = value as { readonly type?: unknown; readonly uid?: unknown };
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isUid = (key === "uid" && type === "prometheus" && own === "prometheus") || key === "datasourceUid";
      return [key, isUid && item === "prometheus" ? uid : asking(item, uid)];
    }),
  );
}
