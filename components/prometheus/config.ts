import type { Config } from "../core/config";
import type { Login } from "../core/login";
import { hostPort, type Endpoint } from "../core/platform";
import { inBytes, wholeDuration, type Duration, type Size } from "../core/units";
import type { AbsolutePath } from "../core/workload";

export interface PrometheusConfigArgs {
  /** What is scraped at /metrics, by job. Prometheus itself is always among them, as job `prometheus`. */
  readonly scrape: Readonly<Record<string, readonly Endpoint[]>>;
  /** @default "15s" */
  readonly scrapeInterval?: Duration;
  /** How long samples are kept. @default "15d" */
  readonly retention?: Duration;
  /** Room for them. The oldest are removed when four fifths of it are used. */
  readonly size: Size;
  /**
   * How late a sample may come: as long as the queue of a Collector that was cut off may hold it. Older ones are refused for
   * good. It costs memory for series that come late alone.
   *
   * @default "1d"
   */
  readonly late?: Duration;
  /** Exemplars kept in memory, the oldest of which makes room; each takes about 100 bytes. @default 100_000 */
  readonly exemplars?: number;
  /**
   * Resource attributes that become labels of every metric that comes by OTLP. The others are on `target_info` alone.
   *
   * @default - who sends and where it runs: service, deployment environment, host, Kubernetes, cloud
   */
  readonly promote?: readonly string[];
  /** Where alerts are sent. @default - nowhere: they show on boards alone */
  readonly alertmanager?: Endpoint | undefined;
  /** What whoever asks it has to show, itself included. @default - nobody is asked */
  readonly login?: Login | undefined;
  /** Files with rules. @default - none */
  readonly ruleFiles?: readonly string[];
}

/** How late a sample may come, unless it is said. */
export const latestSample: Duration = "1d";

/** How long samples are kept where nothing else is said. */
export const keptFor: Duration = "15d";

/** Folder of its files. */
export const directory: AbsolutePath = "/etc/prometheus";

/** Port that Prometheus listens on. */
export const port = 9090;

/** Resource attributes with few values for each instance. Source: the OpenTelemetry semantic conventions 1.37. */
const identity = [
  "service.name",
  "service.namespace",
  "service.version",
  "deployment.environment.name",
  "host.name",
  "cloud.region",
  "cloud.availability_zone",
  "k8s.cluster.name",
  "k8s.namespace.name",
  "k8s.node.name",
  "k8s.pod.name",
  "k8s.volume.name",
  "k8s.container.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.cronjob.name",
  "k8s.job.name",
];

/** Size above which old blocks go: compaction writes the new block before it removes the old ones. */
const kept = (size: Size): string => `${Math.floor(inBytes(size) * 0.8)}B`;

/**
 * Configuration of a Prometheus that is both sent metrics over OTLP and scrapes.
 *
 * Source: docs/configuration/configuration.md of Prometheus 3.16.
 */
export const prometheusConfig = ({
  scrape,
  scrapeInterval = "15s",
  retention = keptFor,
  size,
  late = latestSample,
  exemplars = 100_000,
  promote = identity,
  alertmanager,
  login,
  ruleFiles = [],
}: PrometheusConfigArgs): Config => ({
  global: {
    scrape_interval: wholeDuration(scrapeInterval),
    evaluation_interval: wholeDuration(scrapeInterval),
    // What is sent arrives later than what is scraped: a rule that looks at this very moment sees half of it.
    rule_query_offset: "30s",
    // Jaeger and the Collector offer names with dots to a scraper that takes them; no query here expects those.
    metric_name_escaping_scheme: "underscores",
  },
  otlp: {
    translation_strategy: "UnderscoreEscapingWithSuffixes",
    promote_resource_attributes: [...promote],
  },
  storage: {
    tsdb: {
      out_of_order_time_window: wholeDuration(late),
      retention: { time: wholeDuration(retention), size: kept(size) },
    },
    exemplars: { max_exemplars: exemplars },
  },
  ...(alertmanager && { alerting: { alertmanagers: [alerted(alertmanager)] } }),
  ...(ruleFiles.length > 0 && { rule_files: [...ruleFiles] }),
  scrape_configs: Object.entries(scrape)
    .concat([["prometheus", [{ host: "localhost", port, login }]]])
    .map(([job, endpoints]) => ({ job_name: job, ...shows(endpoints[0]?.login), ...targets(endpoints) })),
});

/** File with the password of a login. */
export const passwordFile = ({ username }: Login): AbsolutePath => `${directory}/logins/${username}`;

/** How it says who it is. Source: the same page, on `basic_auth`. */
export const shows = (login: Login | undefined): Config =>
  login === undefined ? {} : { basic_auth: { username: login.username, password_file: passwordFile(login) } };

const alerted = (to: Endpoint): Config => ({
  ...(to.secure && { scheme: "https" }),
  ...(to.path && { path_prefix: to.path }),
  ...shows(to.login),
  static_configs: [{ targets: [hostPort(to)] }],
});

/** One address each, or all addresses of a name, asked for again and again. */
function targets(endpoints: readonly Endpoint[]): Config {
  const single = endpoints.filter(({ peers }) => peers === undefined).map(hostPort);
  const several = endpoints.flatMap(({ peers, port }) => (peers === undefined ? [] : [{ peers, port }]));
  return {
    ...(single.length > 0 && { static_configs: [{ targets: single }] }),
    ...(several.length > 0 && {
      dns_sd_configs: several.map(({ peers, port }) => ({ names: [peers], type: "A", port, refresh_interval: "15s" })),
    }),
  };
}
