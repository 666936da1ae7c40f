import type { SamplingBudget } from "../sampling/budget";
import type { Chain, Neighbours } from "./tracing";

/** What a chain is unless it says otherwise: one Collector that keeps every trace. */
export const tracingDefaults = {
  roles: ["collector"],
  memory: { collector: "512 MiB", agent: "512 MiB", "node-reader": "256 MiB", gateway: "1 GiB", sampler: "2 GiB" },
  durability: "disk",
  queueSize: "2 GiB",
  names: { identifiers: "replace" },
  privacy: {},
  gateway: { replicas: 2 },
  sampler: { replicas: 2, decisionWait: "30s", tracesPerSecond: 500, dnsTtl: "30s", acceptSplitTraces: false },
  tailSampling: {},
  node: { hostMetrics: true },
} as const satisfies Omit<Chain, keyof Neighbours>;

/** A chain as its user writes it: what is left out has its default, also within memory, names, gateway, sampler and node. */
export type TracingOptions = Neighbours & {
  readonly [K in keyof Omit<Chain, keyof Neighbours>]?: Chain[K] extends
    readonly unknown[] | string | SamplingBudget | undefined
    ? Chain[K]
    : Partial<Chain[K]>;
};

/** The same with its defaults. */
export const complete = (options: TracingOptions): Chain => ({
  ...tracingDefaults,
  ...options,
  memory: { ...tracingDefaults.memory, ...options.memory },
  names: { ...tracingDefaults.names, ...options.names },
  gateway: { ...tracingDefaults.gateway, ...options.gateway },
  sampler: { ...tracingDefaults.sampler, ...options.sampler },
  node: { ...tracingDefaults.node, ...options.node },
});
