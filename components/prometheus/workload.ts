import { images, type Release } from "../images";
import { yaml } from "../core/config";
import type { Login } from "../core/login";
import { connectsTo, type Endpoint } from "../core/platform";
import { within, type Problem } from "../core/problems";
import { goMemoryLimit, inBytes, type Size } from "../core/units";
import type { AbsolutePath, File, Workload } from "../core/workload";
import { bare, count, duration, size as isSize } from "../collector/checks";
import { directory, keptFor, passwordFile, port, prometheusConfig, shows, type PrometheusConfigArgs } from "./config";
import { objectiveProblems, objectiveRules, type Objective } from "./objectives";
import { ruleFile, ruleProblems, type AlertLinks, type RuleGroups } from "./rule";

export interface PrometheusArgs extends Omit<PrometheusConfigArgs, "ruleFiles"> {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** Rule groups, by the name of their file. @default - none */
  readonly rules?: Readonly<Record<string, RuleGroups>>;
  /** Where alerts lead. @default - to pages of their own alone */
  readonly links?: AlertLinks;
  /** What services have promised, as `slo()` describes it. @default - nothing */
  readonly objectives?: readonly Objective[];
  /**
   * Number under which the outside reaches it, to query and to send metrics: nobody is asked for a password but by `login`.
   *
   * @default - neighbours alone reach it
   */
  readonly outside?: number | undefined;
  /** @default "1 GiB" */
  readonly memory?: Size;
}

export const prometheusPorts = { http: { port } } as const;

/** Who may ask it. Read again at each request. */
const webConfig: AbsolutePath = `${directory}/web.yml`;
/** How the health check asks. */
const probe: AbsolutePath = `${directory}/probe.yml`;
const data: AbsolutePath = "/prometheus";

/**
 * Prometheus: keeps metrics and exemplars, evaluates rules. Metrics are sent to it over OTLP/HTTP at `/api/v1/otlp`.
 *
 * Refuses a size that its write-ahead log alone may fill, jobs without targets, rules that cannot be right, and
 * objectives that cannot be measured.
 */
export function prometheus(name: string, args: PrometheusArgs): Workload<"http"> {
  const { image = images.prometheus, outside, memory = "1 GiB", size, login } = args;
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
      ...(login ? [`--web.config.file=${webConfig}`] : []),
      // The Collector's count connector reports what is new since last time, which Prometheus refuses without the second.
      "--enable-feature=exemplar-storage,otlp-deltatocumulative",
    ],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    files: wrong.length > 0 ? {} : files(args),
    volumes: { [data]: { kind: "persistent", name: "data", size, ownedByImage: true } },
    ports: {
      http: { port, ...(login && { asks: true }), ...(outside !== undefined && { reach: "outside", outside }) },
    },
    ...connectsTo(...asked(args)),
    health: {
      port: "http",
      path: "/-/ready",
      command: [
        "/bin/promtool",
        "check",
        "ready",
        ...(login ? [`--http.config.file=${probe}`] : []),
        `--url=http://127.0.0.1:${port}`,
      ],
      ...(login && { login }),
      // It reads its write-ahead log before it answers.
      startup: "5m",
    },
    memory,
    problems: wrong,
  };
}

function files({ rules = {}, objectives = [], links, ...args }: PrometheusArgs): Record<AbsolutePath, File> {
  const all = { ...rules, ...(objectives.length > 0 && { objectives: objectiveRules(objectives) }) };
  const ruleFiles = Object.entries(all).map(([file, groups]): [AbsolutePath, File] => [
    `${directory}/rules/${file}.yml`,
    { content: yaml(ruleFile(groups, links)) },
  ]);
  const config = prometheusConfig({ ...args, ruleFiles: ruleFiles.map(([path]) => path) });
  return {
    [`${directory}/prometheus.yml`]: { content: yaml(config) },
    ...Object.fromEntries(ruleFiles),
    ...Object.fromEntries(loginsOf(args).map((login) => [passwordFile(login), login.password])),
    ...(args.login && { [webConfig]: args.login.webConfig, [probe]: { content: yaml(shows(args.login)) } }),
  };
}

/** Whom it asks or tells. */
const asked = ({ scrape, alertmanager }: PrometheusArgs): Endpoint[] => [
  ...Object.values(scrape).flat(),
  ...(alertmanager ? [alertmanager] : []),
];

/** All that it shows to somebody. */
const loginsOf = (args: Pick<PrometheusArgs, "login" | "scrape" | "alertmanager">): Login[] => [
  ...new Set(
    [args.login, ...asked(args as PrometheusArgs).map(({ login }) => login)].filter((login) => login !== undefined),
  ),
];

/** Segments of the write-ahead log are 128 MiB, and three of them are nothing unusual. */
const smallest: Size = "512 MiB";

function problems({
  scrape,
  scrapeInterval,
  retention = keptFor,
  size,
  exemplars,
  memory,
  rules = {},
  objectives = [],
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
      reason: "less than the write-ahead log may need",
      remedy: `give it ${smallest} or more`,
    });
  }
  for (const [job, endpoints] of Object.entries(scrape)) {
    if (endpoints.length === 0) {
      found.push({
        path: `scrape.${job}`,
        reason: "the job has no targets",
        remedy: "add a target, or remove the job",
      });
    }
    if (new Set(endpoints.map(({ login }) => login)).size > 1) {
      found.push({
        path: `scrape.${job}`,
        reason: "targets that ask for different logins",
        remedy: "make it a job for each login",
      });
    }
    endpoints.forEach((to, i) => found.push(...bare(`scrape.${job}.${i}`, to)));
    if (job === "prometheus") {
      found.push({ path: "scrape.prometheus", reason: "Prometheus scrapes itself", remedy: "remove it" });
    }
  }
  return [
    ...found,
    ...within("objectives", objectiveProblems(objectives, { retention })),
    ...Object.entries(rules).flatMap(([file, groups]) => within(`rules.${file}`, ruleProblems(groups))),
  ];
}
