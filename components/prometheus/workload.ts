import { images, type Release } from "../images";
import { yaml } from "../core/config";
import { connectsTo } from "../core/platform";
import { within, type Problem } from "../core/problems";
import { goMemoryLimit, inBytes, type Size } from "../core/units";
import type { AbsolutePath, File, Workload } from "../core/workload";
import { bare, count, duration, size as isSize } from "../collector/checks";
import { port, prometheusConfig, type PrometheusConfigArgs } from "./config";
import { ruleFile, ruleProblems, type RuleGroups } from "./rule";

export interface PrometheusArgs extends Omit<PrometheusConfigArgs, "ruleFiles"> {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** Rule groups, by the name of their file. @default - none */
  readonly rules?: Readonly<Record<string, RuleGroups>>;
  /**
   * Number under which the outside reaches it, to query and to send metrics: nobody is asked for a password.
   *
   * @default - neighbours alone reach it
   */
  readonly outside?: number | undefined;
  /** @default "1 GiB" */
  readonly memory?: Size;
}

export const prometheusPorts = { http: { port } } as const;

const directory: AbsolutePath = "/etc/prometheus";
const data: AbsolutePath = "/prometheus";

/**
 * Prometheus: keeps metrics and exemplars, evaluates rules. Metrics are sent to it over OTLP/HTTP at `/api/v1/otlp`.
 *
 * Refuses a size that its write-ahead log alone may fill, jobs without targets, and rules that cannot be right.
 */
export function prometheus(name: string, args: PrometheusArgs): Workload<"http"> {
  const { image = images.prometheus, outside, memory = "1 GiB", size } = args;
  const wrong = problems(args);
  return {
    name,
    component: "prometheus:Prometheus",
    image,
    args: [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      "--web.enable-otlp-receiver",
      // The default lets pages of any origin read what a browser beside Prometheus reaches. No origin is called this.
      "--web.cors.origin=no-origin",
      // The Collector's count connector reports what is new since last time, which Prometheus refuses without the second.
      "--enable-feature=exemplar-storage,otlp-deltatocumulative",
    ],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    files: wrong.length > 0 ? {} : files(args),
    volumes: { [data]: { kind: "persistent", name: "data", size, ownedByImage: true } },
    ports: { http: { port, ...(outside !== undefined && { reach: "outside", outside }) } },
    ...connectsTo(...Object.values(args.scrape).flat()),
    health: {
      port: "http",
      path: "/-/ready",
      command: ["/bin/promtool", "check", "ready", `--url=http://127.0.0.1:${port}`],
      // It reads its write-ahead log before it answers.
      startup: "5m",
    },
    memory,
    problems: wrong,
  };
}

function files({ rules = {}, ...args }: PrometheusArgs): Record<AbsolutePath, File> {
  const ruleFiles = Object.entries(rules).map(([file, groups]): [AbsolutePath, File] => [
    `${directory}/rules/${file}.yml`,
    { content: yaml(ruleFile(groups)) },
  ]);
  const config = prometheusConfig({ ...args, ruleFiles: ruleFiles.map(([path]) => path) });
  return { [`${directory}/prometheus.yml`]: { content: yaml(config) }, ...Object.fromEntries(ruleFiles) };
}

/** Segments of the write-ahead log are 128 MiB, and three of them are nothing unusual. */
const smallest: Size = "512 MiB";

function problems({
  scrape,
  scrapeInterval,
  retention,
  size,
  exemplars,
  memory,
  rules = {},
}: PrometheusArgs): Problem[] {
  const found = [
    ...isSize("size", size),
    ...isSize("memory", memory),
    ...duration("scrapeInterval", scrapeInterval),
    ...duration("retention", retention),
    ...count("exemplars", exemplars),
  ];
  if (inBytes(size) > 0 && inBytes(size) < inBytes(smallest)) {
    found.push({
      path: "size",
      value: size,
      reason: "less than the write-ahead log may take",
      remedy: `give it ${smallest} or more`,
    });
  }
  for (const [job, endpoints] of Object.entries(scrape)) {
    if (endpoints.length === 0) {
      found.push({ path: `scrape.${job}`, reason: "a job without targets", remedy: "add a target, or leave it out" });
    }
    endpoints.forEach((to, i) => found.push(...bare(`scrape.${job}.${i}`, to)));
    if (job === "prometheus") {
      found.push({ path: "scrape.prometheus", reason: "Prometheus scrapes itself", remedy: "leave it out" });
    }
  }
  return [
    ...found,
    ...Object.entries(rules).flatMap(([file, groups]) => within(`rules.${file}`, ruleProblems(groups))),
  ];
}
