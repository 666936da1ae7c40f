import type { Config } from "../../core/config";
import type { Needs, Secret, Step, Workload } from "../../core/workload";
import { inSeconds, type Duration } from "../../core/units";
import { atLeast, type Version } from "../../core/version";
import { images, type Release } from "../../images";

/** What programs beside Jaeger have to know of an Elasticsearch or OpenSearch. */
export interface IndexedTarget {
  readonly kind: "elasticsearch" | "opensearch";
  /** One of its addresses: the programs take no second one. */
  readonly url: string;
  /** The way to it, and the certificates for it. */
  readonly needs: Pick<Needs, "connects" | "externals" | "files">;
  readonly user?: string;
  readonly password?: Secret;
  /** Paths of the certificates as Jaeger's own `tls` names them. */
  readonly certificates: Config;
  readonly prefix?: string;
  /** Tells its jobs and steps from those of another set of indices in the same store. @default - none */
  readonly label?: string;
  readonly shards: number;
  readonly replicas: number;
}

/** What keeps the indices of one store. */
export interface Keepers {
  readonly jobs: readonly Workload[];
  /** What each process that writes needs before it starts. */
  readonly needs: Needs;
}

/** What makes, begins and deletes indices so that each span is kept for the retention. */
export function keepersOf(target: IndexedTarget, options: KeeperOptions): Keepers {
  const { retention, rotation, programs: own, longest } = options;
  const programs = { rollover: images.esRollover, cleaner: images.esIndexCleaner, ...own };
  return rotation === "aliases"
    ? {
        jobs: aliasJobs(target, programs, rolloverOf(retention, longest)),
        needs: { first: [initStep(target, programs)] },
      }
    : { jobs: periodicJobs(target, programs, retention, rotation), needs: {} };
}

interface KeeperOptions {
  readonly retention: Duration;
  readonly rotation: "day" | "hour" | "aliases";
  readonly programs?: Partial<IndexedPrograms> | undefined;
  /** Longest time until the next index behind an alias begins, in seconds. @default - a day */
  readonly longest?: number;
}

/** The programs that keep indices, as released with Jaeger. */
export interface IndexedPrograms {
  readonly rollover: Release;
  readonly cleaner: Release;
}

/** Largest index of a shard, and so the size at which the next one begins. Elasticsearch advises 10 to 50 GB. */
const shardGigabytes = 40;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** When indices with aliases follow each other and go, so that each span can be found as long as it is to be kept. */
export interface Rollover {
  /** Minutes after which the next index begins at the latest. */
  readonly ageMinutes: number;
  readonly every: Duration;
  /** Minutes from the beginning of an index until nobody looks into it any more. */
  readonly lookbackMinutes: number;
  /** Days from the beginning of an index until it is deleted. */
  readonly days: number;
}

/**
 * An index goes as a whole, by its beginning. Its last span came in when the next index began, which is its age later and
 * up to one run late; that span is kept for the retention. An eighth of it is the most that is kept too long by age.
 * Nobody looks into an index for at least one run before it is deleted, so no search meets one that vanishes.
 */
export function rolloverOf(retention: Duration, longest = day): Rollover {
  const kept = inSeconds(retention);
  const age = Math.max(10 * minute, Math.min(longest, Math.floor(kept / 8 / minute) * minute));
  const step = age >= 6 * hour ? hour : 10 * minute;
  const lookback = Math.ceil((kept + age + step) / minute) * minute;
  return {
    ageMinutes: age / minute,
    every: step === hour ? "1h" : "10m",
    lookbackMinutes: lookback / minute,
    days: Math.ceil((lookback + step) / day),
  };
}

/** Days from the beginning of an index of a day or an hour until its last span has been kept long enough. */
export const cleanerDays = (retention: Duration, rotation: "day" | "hour"): number =>
  Math.ceil((inSeconds(retention) + (rotation === "day" ? day : hour)) / day);

/** Makes aliases and the first indices behind them, where there are none: before the first span is written. */
export const initStep = (target: IndexedTarget, { rollover: image }: IndexedPrograms): Step => ({
  name: labelled("rollover", target, "init"),
  image,
  command: [paths.rollover],
  args: [
    "init",
    `--shards=${target.shards}`,
    `--replicas=${target.replicas}`,
    ...commonArgs(target),
    // Last, as the programs show it.
    target.url,
  ],
  env: envOf(target),
});

/** What keeps indices of a day or of an hour. */
export const periodicJobs = (
  target: IndexedTarget,
  { cleaner }: IndexedPrograms,
  retention: Duration,
  rotation: "day" | "hour",
): Workload[] => [
  job(target, "cleaner", cleaner, rotation === "day" ? "6h" : "1h", [
    ...gates(cleaner),
    ...commonArgs(target),
    String(cleanerDays(retention, rotation)),
    target.url,
  ]),
];

/** What keeps indices behind aliases: begins the next, takes old ones out of searches, and deletes them. */
export function aliasJobs(
  target: IndexedTarget,
  { rollover, cleaner }: IndexedPrograms,
  { ageMinutes, every, lookbackMinutes, days }: Rollover,
): Workload[] {
  const conditions = JSON.stringify({ max_age: `${ageMinutes}m`, max_size: `${shardGigabytes * target.shards}gb` });
  const common = commonArgs(target);
  return [
    job(target, "rollover", rollover, every, ["rollover", `--conditions=${conditions}`, ...common, target.url]),
    job(target, "lookback", rollover, every, [
      "lookback",
      "--unit=minutes",
      `--unit-count=${lookbackMinutes}`,
      ...common,
      target.url,
    ]),
    job(target, "cleaner", cleaner, "1h", ["--rollover", ...gates(cleaner), ...common, String(days), target.url]),
  ];
}

const labelled = (what: string, { label }: IndexedTarget, role: string): string =>
  [what, ...(label === undefined ? [] : [label]), role].join("-");

/** Source: Dockerfiles in cmd/es-rollover and cmd/es-index-cleaner of Jaeger. */
const paths = { rollover: "/go/bin/es-rollover", cleaner: "/go/bin/es-index-cleaner-linux" } as const;

const job = (
  target: IndexedTarget,
  role: "cleaner" | "rollover" | "lookback",
  image: Release,
  repeat: Duration,
  args: readonly string[],
): Workload => ({
  ...target.needs,
  name: labelled(target.kind, target, role),
  component: `storage:${role === "cleaner" ? "IndexCleaner" : "Rollover"}`,
  image,
  command: [role === "cleaner" ? paths.cleaner : paths.rollover],
  args,
  env: envOf(target),
  ports: {},
  repeat,
  memory: "64 MiB",
});

/** The password goes by a variable, which the programs read in place of an option. */
const envOf = ({ user, password }: IndexedTarget): NonNullable<Step["env"]> => ({
  ...(user !== undefined && { ES_USERNAME: user }),
  ...(password !== undefined && { ES_PASSWORD: password }),
});

const commonArgs = ({ url, prefix, certificates }: IndexedTarget): string[] => [
  ...(prefix === undefined ? [] : [`--index-prefix=${prefix}`]),
  ...(url.startsWith("https:") ? ["--es.tls.enabled=true"] : []),
  ...Object.entries(certificates).map(([option, path]) => `--es.tls.${option.replace(/_file$/, "")}=${String(path)}`),
];

/** From this release on the gate is open; before, days are counted from the next midnight. */
const relative: Version = "2.20.0";

const gates = ({ version }: Release): string[] =>
  atLeast(version, relative) ? [] : ["--feature-gates=es.index.relativeTimeIndexDeletion"];
