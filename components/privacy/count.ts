import { count } from "../collector/connectors/count";
import type { Connector, Signal } from "../collector/part";
import { redactedAttribute } from "./statements";

const by = [{ key: redactedAttribute }];
/** The connector counts what it is told nothing of. */
const none = (name: string) => ({ [name]: { conditions: ["false"] } });

/**
 * Counts what rules have masked something in, never what: spans, points and log records as `sightline.spans.redacted`,
 * `sightline.points.redacted` and `sightline.logs.redacted`, by the rules that their mark names.
 */
export const countRedacted = (): Connector<Signal, "metrics"> =>
  count({
    name: "redacted",
    spans: { "sightline.spans.redacted": { description: "Spans in which something was masked", attributes: by } },
    spanEvents: none("sightline.events.redacted"),
    metrics: none("sightline.metrics.redacted"),
    dataPoints: {
      "sightline.points.redacted": { description: "Points in which something was masked", attributes: by },
    },
    logs: { "sightline.logs.redacted": { description: "Log records in which something was masked", attributes: by } },
  });
