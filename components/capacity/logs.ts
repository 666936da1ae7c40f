import { inSeconds } from "../core/units";
import type { CompleteDemand } from "./demand";
import { figures } from "./figures";
import { whole } from "./whole";

/** What Loki takes and keeps. */
export interface LogsPlan {
  /** On average. */
  readonly bytesPerSecond: number;
  readonly disk: number;
  /** Whether one process is enough. */
  readonly singleProcess: boolean;
}

/** Logs are not sampled with traces. */
export function logs(demand: CompleteDemand): LogsPlan {
  const bytesPerSecond = demand.requestsPerSecond * demand.logLinesPerRequest * demand.bytesPerLogLine;
  return {
    bytesPerSecond,
    disk: whole(bytesPerSecond * figures.logCompression.value * inSeconds(demand.logsRetention)),
    singleProcess: bytesPerSecond * 86_400 <= figures.lokiBytesPerDay.value,
  };
}
