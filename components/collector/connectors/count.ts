import type { Config } from "../../core/config";
import { literal } from "../literal";
import type { Connector, Signal } from "../part";
import type { AttributeValue } from "../processors/attribute-action";

/** One metric that counts. */
export interface CountedMetric {
  readonly description?: string;
  /** In OTTL; one of them has to hold. @default - everything is counted */
  readonly conditions?: readonly string[];
  /** Attributes that become labels; what lacks one that has no `otherwise` is not counted. @default - none */
  readonly attributes?: readonly { readonly key: string; readonly otherwise?: AttributeValue }[];
}
export type CountedMetrics = Readonly<Record<string, CountedMetric>>;

export interface CountOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Metrics by name. @default - `trace.span.count` */
  readonly spans?: CountedMetrics;
  /** @default - `trace.span.event.count` */
  readonly spanEvents?: CountedMetrics;
  /** @default - `metric.count` */
  readonly metrics?: CountedMetrics;
  /** @default - `metric.datapoint.count` */
  readonly dataPoints?: CountedMetrics;
  /** @default - `log.record.count` */
  readonly logs?: CountedMetrics;
}

/**
 * Counts what passes.
 *
 * Source: connector/countconnector of the Collector's contrib repository.
 */
export const count = ({ name, ...counted }: CountOptions = {}): Connector<Signal, "metrics"> => ({
  role: "connector",
  type: "count",
  ...(name !== undefined && { name }),
  accepts: { traces: true, metrics: true, logs: true },
  emits: { metrics: true },
  config: Object.fromEntries(
    Object.entries(counted).map(([what, metrics]) => [
      what.toLowerCase(),
      Object.fromEntries(Object.entries(metrics).map(([metric, definition]) => [metric, render(definition)])),
    ]),
  ),
});

const render = ({ description, conditions = [], attributes = [] }: CountedMetric): Config => ({
  ...(description !== undefined && { description }),
  ...(conditions.length > 0 && { conditions: conditions.map(literal) }),
  ...(attributes.length > 0 && {
    attributes: attributes.map(({ key, otherwise }) => ({
      key,
      ...(otherwise !== undefined && { default_value: otherwise }),
    })),
  }),
});
