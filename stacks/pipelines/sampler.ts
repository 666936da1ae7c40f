import { resource } from "../../components/collector/parts";
import type { Pipelines } from "../../components/collector/pipeline";
import { inSeconds, type Duration } from "../../components/core/units";
import type { Settings } from "../../configs/schema";
import {
  graph,
  inMemory,
  kept,
  onDisk,
  received,
  sampled,
  toStorage,
  toPrometheus,
  truncated,
  type Surroundings,
} from "./parts";

/** Sees whole traces: joins calls to a graph of services, and decides what is kept. */
export function sampler(around: Surroundings): Pipelines {
  const [edges, cut] = [graph(around), truncated()];
  return {
    traces: { receivers: [received(around)], exporters: [edges, kept()] },
    "traces/kept": {
      receivers: [kept()],
      processors: sampled(around, "sampler"),
      exporters: [cut, toStorage(around, { ...onDisk(around), whenFull: "wait" })],
    },
    metrics: { receivers: [edges, cut], processors: [whoCounts], exporters: [toPrometheus(around, inMemory(around))] },
  };
}

/** Each of several counts the same calls, or cuts lines of the same service: without a name of its own it would overwrite what others have counted. */
export const whoCounts = resource({
  name: "instance",
  attributes: [{ key: "service.instance.id", action: "insert", fromVariable: "HOSTNAME" }],
});

/** How often gateways ask which samplers there are, and for how long. */
export const resolver = { interval: "5s", timeout: "1s" } as const;

/** To send what it has decided, beside all estimates. */
const margin: Duration = "5s";

/**
 * How long a sampler that leaves goes on. Its name is gone at once, but is known in caches of DNS for a while; then every
 * gateway has to ask again; and from its last span on it waits as for any other trace. What it has decided is then with
 * Jaeger, so that nothing is left on its disk when samplers become fewer.
 */
export const samplerDrain = ({ sampler: { dnsTtl, decisionWait } }: Pick<Settings, "sampler">): Duration => {
  const times = [dnsTtl, resolver.interval, resolver.timeout, decisionWait, margin].map(inSeconds);
  return `${Math.ceil(times.reduce((sum, seconds) => sum + seconds, 0))}s`;
};
