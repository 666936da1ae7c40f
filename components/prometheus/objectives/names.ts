import type { Duration } from "../../core/units";

/** Share of requests that were not good, over a window. */
export const shares = (window: Duration): string => `slo:sli_error:ratio_rate${window}`;

/** A recorded series of one objective. */
export const recorded = (metric: string, id: string): string => `${metric}{sloth_id=${JSON.stringify(id)}}`;
