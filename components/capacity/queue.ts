import { figures } from "./figures";
import { whole } from "./whole";

/** What waits while the next hop is away, and the disk that the queue setting has to name for it. */
export interface Waiting {
  readonly queueEach: number;
  readonly diskEach: number;
}

/**
 * Queue of each of so many processes for an outage at peak.
 *
 * Source: exporter/exporterhelper/README.md of the Collector; outage = queue bytes / (spans/s × bytes a span).
 */
export function queueFor(bytesPerSecond: number, outageSeconds: number, processes: number): Waiting {
  const queueEach = whole((bytesPerSecond * outageSeconds) / processes);
  return { queueEach, diskEach: queueEach * figures.queuesOnOneDisk.value };
}
