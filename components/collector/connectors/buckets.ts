import type { Duration } from "../../core/units";

/**
 * Upper bounds of duration histograms, those that HTTP instrumentation uses, so that both can be compared.
 *
 * Source: http.server.request.duration in the OpenTelemetry semantic conventions for HTTP metrics.
 */
export const httpBuckets: readonly [Duration, ...Duration[]] = [
  "5ms",
  "10ms",
  "25ms",
  "50ms",
  "75ms",
  "100ms",
  "250ms",
  "500ms",
  "750ms",
  "1s",
  "2.5s",
  "5s",
  "7.5s",
  "10s",
];
