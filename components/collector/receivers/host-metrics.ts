import { goDuration, type Duration } from "../../core/units";
import * as check from "../checks";
import type { Receiver } from "../part";

export type HostScraper =
  "cpu" | "disk" | "filesystem" | "load" | "memory" | "network" | "nfs" | "paging" | "process" | "processes" | "system";

export interface HostMetricsOptions {
  /** What is measured. @default - cpu, disk, filesystem, load, memory, network and paging */
  readonly scrapers?: readonly [HostScraper, ...HostScraper[]];
  /** @default "30s" */
  readonly interval?: Duration;
  /**
   * Measures the machine through its root folder, mounted and never written; without it a container measures itself.
   *
   * @default true
   */
  readonly wholeMachine?: boolean;
}

const root = "/hostfs";

/**
 * Measures the machine it runs on: one on every node.
 *
 * Source: receiver/hostmetricsreceiver of the Collector's contrib repository.
 */
export const hostMetrics = ({
  scrapers = ["cpu", "disk", "filesystem", "load", "memory", "network", "paging"],
  interval = "30s",
  wholeMachine = true,
}: HostMetricsOptions = {}): Receiver<"metrics"> => ({
  role: "receiver",
  type: "host_metrics",
  formerly: { type: "hostmetrics", before: "0.151.0" },
  carries: { metrics: true },
  config: {
    collection_interval: goDuration(interval),
    ...(wholeMachine && { root_path: root }),
    scrapers: Object.fromEntries(scrapers.map((scraper) => [scraper, {}])),
  },
  ...(wholeMachine && { needs: { volumes: { [root]: { kind: "host", path: "/" } } } }),
  problems: [
    ...check.some("scrapers", scrapers, "name what to measure, or leave it out"),
    ...check.duration("interval", interval),
  ],
});
