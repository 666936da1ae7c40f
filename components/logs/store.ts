import * as check from "../collector/checks";
import type { Login } from "../core/login";
import type { Problem } from "../core/problems";
import { inMilliseconds, type Duration, type Size } from "../core/units";
import type { AbsolutePath, Port, Workload } from "../core/workload";
import type { Release } from "../images";

/** What every store of logs is given. */
export interface LogStoreArgs {
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** How long lines are kept, a day or more: what stores of logs remove is whole days. @default "7d" */
  readonly retention?: Duration;
  /**
   * Room for them. VictoriaLogs removes its oldest days when four fifths of it are used. Loki does not keep to it by itself:
   * its alert LogDiskLow watches the disk beneath.
   */
  readonly size: Size;
  /**
   * Number under which the outside reaches it, to query and to send logs: nobody is asked for a password but by `login`.
   *
   * @default - neighbours alone reach it
   */
  readonly outside?: number | undefined;
  /** What whoever asks it or sends to it has to show; a store that does not ask leaves it out. @default - nobody is asked */
  readonly login?: Login | undefined;
  /** @default "512 MiB" */
  readonly memory?: Size;
}

/** A program that keeps log lines, as far as others need to know. */
export interface LogStore {
  readonly workload: (name: string, args: LogStoreArgs) => Workload<"http">;
  readonly ports: Readonly<Record<"http", Port>>;
  /** Whether it can ask who is there. */
  readonly asks: boolean;
  /** How log records are sent to it over OTLP/HTTP. */
  readonly otlp: {
    /** Where OTLP begins; `/v1/logs` is added. */
    readonly path: AbsolutePath;
    /** @default - none */
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Largest request that it takes, without compression. */
  readonly takes: Size;
  /** Age above which it refuses a line, where lines are kept so long. */
  readonly window: (retention: Duration) => Duration;
}

/** What is wrong with the arguments of a store, with its defaults filled in. */
export const argsProblems = (
  program: string,
  { retention, size, memory }: { retention: Duration; size: Size; memory: Size },
): Problem[] => [
  ...check.size("size", size),
  ...check.size("memory", memory),
  ...check.duration("retention", retention),
  ...check.unless(!(inMilliseconds(retention) < inMilliseconds("24h")), {
    path: "retention",
    value: retention,
    reason: `less than a day, the shortest retention of ${program}`,
    remedy: 'keep logs for "24h" or longer',
  }),
];
