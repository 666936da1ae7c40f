import { count } from "../collector/connectors/count";
import type { Connector } from "../collector/part";

/** Counts spans that failed among those that are kept: span metrics, which see all, say how many there were. */
export const countKept = (): Connector<"traces", "metrics"> =>
  count({
    name: "kept",
    spans: {
      "sightline.spans.failed.kept": {
        description: "Spans that failed, of traces that are kept",
        conditions: ["span.status.code == STATUS_CODE_ERROR"],
      },
    },
  });
