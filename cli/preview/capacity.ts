import { at, holdsData, isProcess } from "./kinds";
import { isObject, type Inputs } from "./fields";
import type { Step } from "./steps";

/** What one workload may count on, over all its processes. */
export interface Capacity {
  /** Bytes. */
  readonly memory: number;
  /** CPUs asked for. */
  readonly cpu: number;
  /** Bytes of volumes. */
  readonly disk: number;
  readonly replicas: number;
}

/** Before and after, for one workload. */
export interface CapacityChange {
  readonly workload: string;
  /** One process on each node: the figures are for one node. */
  readonly everyNode: boolean;
  readonly before: Capacity;
  readonly after: Capacity;
}

const none: Capacity = { memory: 0, cpu: 0, disk: 0, replicas: 0 };

export const sum = (a: Capacity, b: Capacity): Capacity => ({
  memory: a.memory + b.memory,
  cpu: a.cpu + b.cpu,
  disk: a.disk + b.disk,
  replicas: a.replicas + b.replicas,
});

/** Bytes of volumes by workload. */
export type Disks = Readonly<Record<string, number>>;

/**
 * What every workload may count on, before and after.
 *
 * @param declared bytes of volumes, where the platform itself knows no sizes
 */
export function capacityChanges(
  steps: readonly Step[],
  declared?: { readonly before: Disks; readonly after: Disks },
): CapacityChange[] {
  const counted = steps.filter((step) => isProcess(step) || holdsData(step));
  const workloads = [...new Set(counted.map(({ component }) => component))];
  return workloads.map((workload) => {
    const own = counted.filter(({ component }) => component === workload);
    const total = (side: "before" | "after") => {
      const found = own.map((step) => capacityOf(step.type, step[side])).reduce(sum, none);
      return { ...found, disk: found.disk + (found.replicas > 0 ? (declared?.[side][workload] ?? 0) : 0) };
    };
    return {
      workload,
      everyNode: own.some(({ type }) => type.endsWith(":DaemonSet")),
      before: total("before"),
      after: total("after"),
    };
  });
}

function capacityOf(type: string, inputs: Inputs | undefined): Capacity {
  if (inputs === undefined) return none;
  if (type === "kubernetes:core/v1:PersistentVolumeClaim") {
    return { ...none, disk: quantity(at(inputs, "spec", "resources", "requests", "storage")) };
  }
  if (type === "docker:index/container:Container") {
    const memory = Number(inputs["memory"] ?? 0) * 1024 ** 2;
    return { ...none, memory, cpu: Number(inputs["cpuShares"] ?? 0) / 1024, replicas: 1 };
  }
  if (!type.startsWith("kubernetes:apps/")) return none;
  const replicas = Number(at(inputs, "spec", "replicas") ?? 1);
  const containers = at(inputs, "spec", "template", "spec", "containers");
  const each = (resource: string): number =>
    (Array.isArray(containers) ? containers : [])
      .filter(isObject)
      .reduce((total, container) => total + quantity(at(container, "resources", "requests", resource)), 0);
  return { ...none, memory: each("memory") * replicas, cpu: each("cpu") * replicas, replicas };
}

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
};

/** A quantity as Kubernetes writes it, `512Mi` or `250m`, in bytes or CPUs; 0 where there is none. */
export function quantity(text: unknown): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?(?:e\d+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(String(text)) ?? [];
  return amount === undefined ? 0 : Number(amount) * factors[unit]!;
}
