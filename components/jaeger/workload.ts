import * as check from "../collector/checks";
import { metricsPort } from "../collector/telemetry";
import { yaml, type Config } from "../core/config";
import type { Login } from "../core/login";
import type { Endpoint } from "../core/platform";
import { within, type Problem } from "../core/problems";
import { type Size } from "../core/units";
import type { AbsolutePath, Port, Workload } from "../core/workload";
import { goMemoryLimitBelow } from "../collector/processors/memory-limiter";
import { images, type Release } from "../images";
import type { Strategies } from "../sampling/strategies";
import type { TraceBuffer } from "../buffer/buffer";
import type { TraceStorage } from "../storage/storage";
import { gateArgs } from "../storage/version";
import { jaegerConfig } from "./config";
import { tooOld } from "./distribution";
import type { JaegerPort, JaegerRole } from "./ports";

export { jaegerPorts, type JaegerPort, type JaegerRole } from "./ports";

export interface JaegerArgs<R extends JaegerRole = "all"> {
  /** @default - the one pinned in configs/versions.json */
  readonly image?: Release;
  /** Receive and store, answer queries, or both. @default "all" */
  readonly role?: R;
  readonly storage: TraceStorage;
  /** Where traces wait for it, beside those that are sent to it. @default - nowhere */
  readonly buffer?: TraceBuffer;
  /** What SDKs are told when they ask how to sample: values, or the text of a strategies file. @default - keep all */
  readonly sampling?: Strategies | string;
  /** Prometheus with the metrics made from spans, for the Monitor page. @default - no such page */
  readonly metrics?: Endpoint;
  /** What whoever asks it or sends spans to it has to show; how to sample is told to everybody. @default - nobody is asked */
  readonly login?: Login;
  /** Ports the outside reaches, and under which number. @default - none */
  readonly outside?: { readonly [P in JaegerPort<R>]?: number | undefined };
  /** @default "1 GiB" */
  readonly memory?: Size;
  /** @default 1 */
  readonly replicas?: number;
  /** Last word on the configuration, for what this library has no option for. @default - as derived */
  readonly customize?: (config: Config) => Config;
}

const path: AbsolutePath = "/etc/jaeger/config.yaml";

/** Stores traces, shows them, and tells SDKs how to sample. */
export function jaeger<R extends JaegerRole = "all">(name: string, args: JaegerArgs<R>): Workload<JaegerPort<R>> {
  const {
    image = images.jaeger,
    storage,
    buffer,
    sampling,
    metrics,
    replicas = 1,
    customize = (config) => config,
  } = args;
  const role: JaegerRole = args.role ?? "all";
  const wrongMemory = check.size("memory", args.memory);
  const memory = wrongMemory.length === 0 && args.memory !== undefined ? args.memory : "1 GiB";
  const { config, needs, problems } = jaegerConfig({
    name,
    version: image.version,
    role,
    storage,
    memory,
    ...(sampling !== undefined && { sampling }),
    ...(metrics && { metrics }),
    ...(buffer && { buffer }),
    ...(args.login && { login: args.login }),
  });
  return {
    name,
    component: "jaeger:Jaeger",
    image,
    args: ["--config", path, ...gateArgs(storage, image.version)],
    env: { GOMEMLIMIT: goMemoryLimitBelow(memory), ...needs.env },
    files: { [path]: { content: yaml(customize(config)) }, ...needs.files },
    // The image declares a volume at /tmp: without this, Docker would make one that nobody names.
    volumes: { "/tmp": { kind: "scratch", size: "16 MiB" }, ...needs.volumes },
    // The parts of a role ask for exactly the ports of that role.
    ports: opened({ ...needs.ports, ...metricsPort }, args.outside) as Record<JaegerPort<R>, Port>,
    connects: needs.connects,
    externals: needs.externals,
    ...(needs.first.length > 0 && { first: needs.first }),
    // Badger reads its index of services and operations before it answers: three seconds for each million spans.
    health: { port: "health", path: "/status", startup: "15m" },
    memory,
    placement: { replicas },
    problems: [
      ...within("image", tooOld(image.version)),
      ...wrongMemory,
      ...check.count("replicas", replicas),
      ...alone(storage, role, replicas),
      ...unheard(role, args),
      ...problems,
    ],
  };
}

/** Ports as asked for, and reached from outside where a number is given. */
const opened = (ports: Readonly<Record<string, Port>>, outside: { readonly [port: string]: number | undefined } = {}) =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]): [string, Port] => {
      const number = outside[name];
      return [name, number === undefined ? port : { ...port, reach: "outside", outside: number }];
    }),
  );

/** A storage inside the process can have no second process beside it. */
function alone({ kind, shared }: TraceStorage, role: JaegerRole, replicas: number): Problem[] {
  const remedies = (other: string) => `${other}, or use a storage that several processes can share`;
  if (shared) return [];
  return [
    ...(replicas > 1
      ? [
          {
            path: "replicas",
            value: replicas,
            reason: `only one process at a time can open ${kind}`,
            remedy: remedies("set replicas to 1"),
          },
        ]
      : []),
    ...(role !== "all"
      ? [
          {
            path: "role",
            value: role,
            reason: `only one process can open ${kind}, so it must both write and query`,
            remedy: remedies("remove the role"),
          },
        ]
      : []),
  ];
}

/** Arguments a role has no use for. */
const unheard = (
  role: JaegerRole,
  { sampling, metrics, buffer }: Pick<JaegerArgs, "sampling" | "metrics" | "buffer">,
): Problem[] => [
  ...(role === "query" && buffer !== undefined
    ? [{ path: "buffer", reason: "role query stores nothing", remedy: "give it to the collector" }]
    : []),
  ...(role === "query" && sampling !== undefined
    ? [{ path: "sampling", reason: "role query serves no SDKs", remedy: "give it to the collector" }]
    : []),
  ...(role === "collector" && metrics !== undefined
    ? [{ path: "metrics", reason: "role collector has no Monitor page", remedy: "give it to the query role" }]
    : []),
];
