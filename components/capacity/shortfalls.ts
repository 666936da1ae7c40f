import type { Problem } from "../core/problems";
import { inBytes, inSeconds, isDuration, isSize, type Duration, type Size } from "../core/units";
import { defaultMemory } from "../storage/managed/nodes";
import { brokerDisk } from "./buffer";
import type { CapacityPlan } from "./plan";
import { whole } from "./whole";
import { inUnits } from "./write";

/** Settings of a stack as far as a plan has something to say about them; what is left out is not compared. */
export interface Planned {
  readonly queueSize?: Size;
  readonly storage?: {
    readonly kind: string;
    readonly size?: unknown;
    readonly retention?: unknown;
    /** Nodes that the stack runs. */
    readonly managed?: unknown;
  };
  /** Brokers that the stack runs. */
  readonly buffer?: { readonly managed?: { readonly nodes: unknown; readonly size: unknown } } | undefined;
  readonly gateway?: { readonly replicas: Replicas };
  readonly sampler?: { readonly replicas: Replicas; readonly tracesPerSecond?: number };
  readonly memory?: { readonly [name in "agent" | "gateway" | "sampler" | "jaeger" | "prometheus"]?: Size };
  readonly cpu?: { readonly [name in "agent" | "gateway" | "sampler" | "jaeger"]?: number | undefined };
  readonly metricsSize?: Size;
  readonly logsSize?: Size;
  /** Collectors of the stack: what is said about others is of no meaning. @default - all */
  readonly roles?: readonly string[];
}

type Replicas = number | { readonly max: number };

/** A setting that is less than a plan asks for. */
export interface Shortfall extends Problem {
  /** What would do, as settings write it. @default - it takes a decision */
  readonly needs?: Size | number;
}

/** Settings that are less than the plan asks for, each with what it asks for. */
export function shortfalls(settings: Planned, plan: CapacityPlan): Shortfall[] {
  const problems: Shortfall[] = [];
  const short = (
    path: string,
    value: unknown,
    has: number | undefined,
    wanted: number | undefined,
    needs: Size | number = wanted ?? 0,
  ) => {
    if (has === undefined || wanted === undefined || has >= wanted) return;
    const remedy = `write ${JSON.stringify(needs)}`;
    problems.push({ path, value, reason: "less than the traffic plan needs", remedy, needs });
  };
  const size = (path: string, value: unknown, wanted: number | undefined) =>
    short(path, value, sizeOf(value), wanted, upTo(wanted ?? 0));

  const { roles = ["agent", "gateway", "sampler"] } = settings;
  const running = plan.hops.filter(({ name }) => name === "jaeger" || roles.includes(name));
  size("queueSize", settings.queueSize, Math.max(0, ...running.map(({ diskEach = 0 }) => diskEach)));
  for (const { name, replicas, cpuEach, memoryEach, tracesPerSecondEach } of running) {
    size(`memory.${name}`, settings.memory?.[name], memoryEach);
    short(`cpu.${name}`, settings.cpu?.[name], settings.cpu?.[name], cpuEach);
    if (name !== "gateway" && name !== "sampler") continue;
    const wanted = settings[name]?.replicas;
    const most = typeof wanted === "object" ? wanted.max : wanted;
    short(`${name}.replicas`, wanted, most, replicas);
    if (name === "gateway") continue;
    const traces = settings.sampler?.tracesPerSecond;
    short("sampler.tracesPerSecond", traces, traces, tracesPerSecondEach);
  }
  size("memory.prometheus", settings.memory?.prometheus, plan.metrics.memory);
  size("metricsSize", settings.metricsSize, plan.metrics.disk);
  size("logsSize", settings.logsSize, plan.logs.disk);
  const { nodes, size: volume } = settings.buffer?.managed ?? {};
  if (Number(nodes) >= 1) size("buffer.managed.size", volume, brokerDisk(plan.buffer.held, Number(nodes)));
  const backend = plan.backends.find(({ kind }) => kind === settings.storage?.kind);
  const own = nodesOf(settings.storage?.managed);
  if (backend !== undefined && own !== undefined) {
    // What the plan gives to its nodes is shared by those that there are.
    const share = ((backend.nodes / own.nodes) * Math.min(backend.copies, own.nodes)) / backend.copies;
    size("storage.managed.size", own.size, whole(backend.diskEach * share));
    size(
      "storage.managed.memory",
      own.memory ?? defaultMemory,
      backend.memoryEach && whole(backend.memoryEach * Math.max(1, share)),
    );
    short("storage.managed.cpu", own.cpu, own.cpu, backend.cpuEach && Math.ceil(backend.cpuEach * share * 10) / 10);
  }
  return [...problems, ...ofStorage(settings, plan)];
}

interface Nodes {
  readonly nodes: number;
  readonly size?: unknown;
  readonly memory?: unknown;
  readonly cpu?: number;
}

/** Nodes of a managed store, as far as they are some; the store itself says what is wrong with them. */
const nodesOf = (managed: unknown): Nodes | undefined =>
  typeof managed === "object" && managed !== null && "nodes" in managed && Number(managed.nodes) >= 1
    ? (managed as Nodes)
    : undefined;

function ofStorage({ storage }: Planned, { backends, demand }: CapacityPlan): Shortfall[] {
  const backend = backends.find(({ kind }) => kind === storage?.kind);
  if (storage === undefined || backend === undefined) return [];
  const problems: Shortfall[] = [];
  const fitting = backends.filter(({ suits }) => suits).map(({ kind }) => kind);
  if (!backend.suits) {
    problems.push({
      path: "storage.kind",
      value: storage.kind,
      reason: backend.reasons.join("; "),
      remedy: fitting.length > 0 ? `choose ${fitting.join(" or ")}` : "store less, preferably by sampling in SDKs",
    });
  }
  const { size, retention } = storage;
  const bytes = sizeOf(size);
  if (bytes !== undefined && bytes < backend.diskEach) {
    problems.push({
      path: "storage.size",
      value: size,
      reason: `${inUnits(backend.diskEach)} are written in ${demand.retention} and kept`,
      remedy: `write ${JSON.stringify(upTo(backend.diskEach))}, store less, or shorten the retention`,
      needs: upTo(backend.diskEach),
    });
  }
  if (isText(retention) && isDuration(retention) && inSeconds(retention) < inSeconds(demand.retention)) {
    problems.push({
      path: "storage.retention",
      value: retention,
      reason: `the plan keeps traces for ${demand.retention}`,
      remedy: `write ${JSON.stringify(demand.retention satisfies Duration)}`,
    });
  }
  return problems;
}

const isText = (value: unknown): value is string => typeof value === "string";
const sizeOf = (value: unknown): number | undefined => (isText(value) && isSize(value) ? inBytes(value) : undefined);

/** A size as settings write it, no smaller than so many bytes. */
const upTo = (bytes: number): Size => {
  const [unit, each] = bytes < 1024 ** 3 ? (["MiB", 1024 ** 2] as const) : (["GiB", 1024 ** 3] as const);
  return `${Math.ceil(bytes / each)} ${unit}`;
};
