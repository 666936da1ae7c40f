import type { Pipelines } from "../collector/pipeline";
import { inSeconds, type Duration } from "../core/units";
import { countTruncated } from "../jaeger/fit";
import { inMemory, onDisk, toPrometheus, toStorage } from "./deliver";
import { resolver } from "./gateway";
import { countedKept } from "./afford";
import { kept, sampled } from "./keep";
import { graph, whoCounts } from "./measure";
import type { Judging, Receiving, Stores, TraceStore, Waiting } from "./options";
import { received } from "./receive";

export interface SamplerOptions extends Receiving, Waiting, Judging, TraceStore, Pick<Stores, "prometheus"> {}

/** Sees whole traces: joins calls to a graph of services, and decides what is kept. */
export function sampler(options: SamplerOptions): Pipelines {
  const [edges, cut, failed] = [graph(options), countTruncated(), countedKept(options)];
  return {
    traces: { receivers: [received(options)], exporters: [edges, kept()] },
    "traces/kept": {
      receivers: [kept()],
      processors: sampled(options),
      exporters: [cut, ...failed, toStorage(options, { ...onDisk(options), whenFull: "wait" })],
    },
    metrics: {
      receivers: [edges, cut, ...failed],
      processors: [whoCounts],
      exporters: [toPrometheus(options, inMemory(options))],
    },
  };
}

/** To send what it has decided, beside all estimates. */
const margin: Duration = "5s";

/**
 * How long a sampler that leaves goes on. Its name is gone at once, but is known in caches of DNS for a while; then every
 * gateway has to ask again; and from its last span on it waits as for any other trace. What it has decided is then with
 * Jaeger, so that nothing is left on its disk when samplers become fewer.
 */
export const samplerDrain = ({ dnsTtl, decisionWait }: { dnsTtl: Duration; decisionWait: Duration }): Duration => {
  const times = [dnsTtl, resolver.interval, resolver.timeout, decisionWait, margin].map(inSeconds);
  return `${Math.ceil(times.reduce((sum, seconds) => sum + seconds, 0))}s`;
};
