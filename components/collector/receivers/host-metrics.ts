import type { Config } from "../../core/config";
import { goDuration, type Duration } from "../../core/units";
import type { AbsolutePath, Needs } from "../../core/workload";
import * as check from "../checks";
import type { Receiver } from "../part";

export type HostScraper =
  "cpu" | "disk" | "filesystem" | "load" | "memory" | "network" | "nfs" | "paging" | "process" | "processes" | "system";

export interface HostMetricsOptions {
  /**
   * What is measured. `filesystem` takes the root folder of the machine, and `process`, `processes`, `system` and `nfs` all of its
   * `/proc`; the others one file each.
   *
   * @default - cpu, disk, load, memory, network and paging
   */
  readonly scrapers?: readonly [HostScraper, ...HostScraper[]];
  /** @default "30s" */
  readonly interval?: Duration;
  /**
   * Measures the machine through its own files, mounted and never written; without it a container measures itself.
   *
   * @default true
   */
  readonly wholeMachine?: boolean;
}

const root = "/hostfs";

/** When the machine was started, which all counters are given with. */
const startFiles = ["/proc/stat", "/proc/uptime"] as const;

/**
 * What of the machine is looked at, and where it is found there: `/proc/net` leads to the network of whoever reads it, and that of
 * the first process is the machine's.
 *
 * Source: gopsutil, as scrapers of Collector 0.158 call it.
 */
const filesOf: Readonly<Record<HostScraper, Readonly<Record<AbsolutePath, AbsolutePath>>>> = {
  cpu: same(...startFiles),
  disk: same(...startFiles, "/proc/diskstats"),
  load: same("/proc/loadavg"),
  memory: same("/proc/meminfo"),
  network: { ...same(...startFiles), "/proc/net/dev": "/proc/1/net/dev" },
  paging: same(...startFiles, "/proc/swaps", "/proc/vmstat"),
  process: same("/proc"),
  processes: same("/proc"),
  system: same("/proc"),
  nfs: same("/proc"),
  filesystem: same("/"),
};

function same(...paths: readonly AbsolutePath[]): Record<AbsolutePath, AbsolutePath> {
  return Object.fromEntries(paths.map((path) => [path, path]));
}

/** All that scrapers look at, without what is within something else. */
function volumesOf(scrapers: readonly HostScraper[]): NonNullable<Needs["volumes"]> {
  const wanted = Object.assign({}, ...scrapers.map((scraper) => filesOf[scraper])) as Record<string, AbsolutePath>;
  const within = (path: string, folder: string) =>
    path !== folder && path.startsWith(folder === "/" ? "/" : `${folder}/`);
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([path]) => !Object.keys(wanted).some((folder) => within(path, folder)))
      .map(([path, source]) => [path === "/" ? root : `${root}${path}`, { kind: "host", path: source }]),
  );
}

/** Connections are counted over all processes, whose files a network scraper has no other need of. */
const configOf: Partial<Record<HostScraper, Config>> = {
  network: { metrics: { "system.network.connections": { enabled: false } } },
};

/**
 * Measures the machine it runs on: one on every node.
 *
 * Source: receiver/hostmetricsreceiver of the Collector's contrib repository.
 */
export const hostMetrics = ({
  scrapers = ["cpu", "disk", "load", "memory", "network", "paging"],
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
    scrapers: Object.fromEntries(scrapers.map((scraper) => [scraper, configOf[scraper] ?? {}])),
  },
  ...(wholeMachine && { needs: { volumes: volumesOf(scrapers) } }),
  problems: [
    ...check.some("scrapers", scrapers, "name what to measure, or remove it"),
    ...check.duration("interval", interval),
  ],
});
