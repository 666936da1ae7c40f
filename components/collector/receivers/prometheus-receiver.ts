import type { Config, Value } from "../../core/config";
import { connectsTo, hostPort, type Endpoint } from "../../core/platform";
import { goDuration, type Duration } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import * as check from "../checks";
import { literals } from "../literal";
import type { Receiver } from "../part";

export interface ScrapeJob {
  /** Becomes the label `job`. */
  readonly name: string;
  readonly targets: readonly [Endpoint, ...Endpoint[]];
  /** @default "15s" */
  readonly interval?: Duration;
  /** @default "/metrics" */
  readonly path?: AbsolutePath;
  /** Further keys of the scrape configuration in Prometheus' words, such as `metric_relabel_configs`. */
  readonly more?: Config;
}

export interface PrometheusReceiverOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  readonly jobs: readonly [ScrapeJob, ...ScrapeJob[]];
}

/**
 * Scrapes metrics from what serves them in Prometheus' format. Every replica of the Collector scrapes every target, so
 * run it in one place.
 *
 * Source: receiver/prometheusreceiver of the Collector's contrib repository.
 */
export const prometheusReceiver = ({ name, jobs }: PrometheusReceiverOptions): Receiver<"metrics"> => ({
  role: "receiver",
  type: "prometheus",
  ...(name !== undefined && { name }),
  carries: { metrics: true },
  config: { config: { scrape_configs: jobs.map(scrapeConfig) } },
  needs: connectsTo(...jobs.flatMap(({ targets }) => targets)),
  problems: [
    ...check.some("jobs", jobs, "name what to scrape"),
    ...jobs.flatMap((job, i) => [
      ...check.duration(`jobs.${i}.interval`, job.interval),
      ...job.targets.flatMap((target, k) => check.bare(`jobs.${i}.targets.${k}`, target)),
    ]),
  ],
});

const scrapeConfig = ({ name, targets, interval = "15s", path = "/metrics", more = {} }: ScrapeJob): Value =>
  literals({
    job_name: name,
    scrape_interval: goDuration(interval),
    metrics_path: path,
    static_configs: [{ targets: targets.map(hostPort) }],
    ...more,
  });
