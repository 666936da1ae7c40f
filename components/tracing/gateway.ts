import { loadBalancing } from "../collector/parts";
import type { Pipelines } from "../collector/pipeline";
import type { Endpoint } from "../core/platform";
import { countTruncatedLines, fitLines } from "../logs/fit";
import { marked } from "./afford";
import { fitPoints } from "../prometheus/fit";
import { inMemory, toLogs, toPrometheus, untilAnswered } from "./deliver";
import { measured, named, ofServices, whoCounts } from "./measure";
import type { Budgeting, Measuring, Receiving, Stores } from "./options";
import { received, withIds } from "./receive";
import { redacted, redactions, type Redacting } from "./redact";

export interface GatewayOptions extends Receiving, Redacting, Measuring, Budgeting, Stores {
  /** Samplers: its `peers` is the name under which DNS lists them all. */
  readonly next: Endpoint;
}

/** How often gateways ask which samplers there are, and for how long. */
export const resolver = { interval: "5s", timeout: "1s" } as const;

/**
 * Measures every span, and sends all spans of a trace to one sampler. It keeps none: whoever sends is answered once a
 * sampler has them, so that nothing is lost with it.
 */
export function gateway(options: GatewayOptions): Pipelines {
  const { next, first, limits } = options;
  const receiver = received(options);
  const calls = measured(options, "several");
  const cut = countTruncatedLines();
  const masked = redactions(options);
  const points = toPrometheus(options, inMemory(options));
  const samplers = loadBalancing({
    name: "sampler",
    resolver: { kind: "dns", endpoint: next, ...resolver },
    queue: "none",
    timeout: untilAnswered,
    largest: limits.sends,
  });
  return {
    traces: {
      receivers: [receiver],
      processors: [...withIds(options), ...named(options), ...redacted(options, "traces"), ...marked(options)],
      exporters: [calls, ...masked, samplers],
    },
    "metrics/spans": { receivers: [calls], processors: ofServices("several"), exporters: [points] },
    ...(first && {
      metrics: {
        receivers: [receiver],
        processors: [...fitPoints(), ...redacted(options, "metrics")],
        exporters: [points, ...masked],
      },
      "metrics/cut": { receivers: [cut, ...masked], processors: [whoCounts], exporters: [points] },
      logs: {
        receivers: [receiver],
        processors: [fitLines(), ...redacted(options, "logs")],
        exporters: [cut, ...masked, toLogs(options, "none")],
      },
    }),
  };
}
