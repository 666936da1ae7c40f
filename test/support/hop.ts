import type { Pipelines } from "../../components/collector/pipeline";
import type { Endpoint } from "../../components/core/platform";
import { traceStorage } from "../../components/storage";
import { hopOptions, pipelinesOf, type Chain } from "../../components/tracing";
import type { Settings } from "../../configs/settings-from";
import { describedSecrets } from "../../stacks/observability";
import { tracingOptions } from "../../stacks/tracing";

/** Where one Collector of a stack sends, where that is not what the stack runs. */
export interface Neighbours extends Partial<Pick<Chain, "storage" | "buffer">> {
  /** The next Collector, or Jaeger. */
  readonly next: Endpoint;
  readonly prometheus: Endpoint;
  readonly logs: Endpoint;
}

/** What one Collector of a stack does, by its place in the chain, between neighbours of a test. */
export function pipelinesAt(settings: Settings, place: number, { next, logs, ...others }: Neighbours): Pipelines {
  const options: Chain = {
    ...tracingOptions(settings, describedSecrets),
    storage: traceStorage(settings.storage),
    ...others,
    jaeger: next,
    logs: { kind: settings.logs.kind, at: logs },
  };
  return pipelinesOf[settings.roles[place]!](hopOptions(options, place, next));
}
