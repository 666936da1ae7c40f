import type { Processor } from "../part";
import { transform } from "./transform";

/** What the series of all names beyond the limit are called, beside `otel.metric.overflow`. */
export const otherNames = "other names";
/** Tells the Collectors apart that measure the same services. */
export const collectorInstance = "collector.instance.id";

export interface OverflowingOptions {
  /** Takes `collector.instance.id` from the resource, where a processor before has put it. @default false */
  readonly collectorInstanceId?: boolean;
}

/**
 * Says of which service span metrics are that `span_metrics` counts together, once a service has more of them than it may:
 * the connector gives them `otel.metric.overflow` alone, and Prometheus would take those of all services for one series.
 * It belongs behind a connector with `resourceAttributes`, which it removes again: other series say the same themselves.
 *
 * Source: connector/spanmetricsconnector of the Collector's contrib repository, `overflowKey`.
 */
export const overflowing = ({ collectorInstanceId = false }: OverflowingOptions = {}): Processor<"metrics"> =>
  transform({
    name: "overflowing",
    statements: {
      metrics: [
        {
          conditions: ['datapoint.attributes["otel.metric.overflow"] == true'],
          statements: [
            'set(datapoint.attributes["service.name"], resource.attributes["service.name"])',
            `set(datapoint.attributes["span.name"], "${otherNames}")`,
            ...(collectorInstanceId
              ? [`set(datapoint.attributes["${collectorInstance}"], resource.attributes["${collectorInstance}"])`]
              : []),
          ],
        },
        { statements: ["keep_keys(resource.attributes, [])"] },
      ],
    },
  });
