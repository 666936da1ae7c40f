import type { WantedValue } from "../attribute-policy";
import { isAlways } from "./always";
import type { Bucket, Match } from "./bucket";
import type { Plan } from "./compile";
import { marks } from "./mark-names";
import { routeKey } from "./profile";
import { errorSlowness } from "./rungs";
import { measureOfAll, measuresOf } from "./slowness";

/** What a sampler can know of one trace. */
export interface Judged {
  readonly traceId: string;
  readonly spans: number;
  readonly failed: boolean;
  /** From its first span's start to its last one's end. */
  readonly milliseconds: number;
  /** When it ended, in seconds. */
  readonly end: number;
  /** Its first span. @default - it never came */
  readonly entry?: {
    readonly service: string;
    readonly route: string;
    readonly nanoseconds: number;
    /** The policy that is said to have kept it. */
    readonly policy?: string | undefined;
  };
  /** Values of one attribute, of all spans and their resources. */
  readonly values: (key: string) => readonly unknown[];
}

/** What a gateway makes of a trace: what is marked, without its sampler's tokens. */
export interface Marked {
  readonly className?: string | undefined;
  /** Hundredths of what is usual for its route. */
  readonly slowness?: number | undefined;
  readonly always: boolean;
}

/** Marks of one trace after another, as gateways of a plan put them. */
export function marker({ classes, profile, always }: Plan): (trace: Judged) => Marked {
  const all = measureOfAll(profile);
  const classOf = new Map(classes.flatMap(({ name, routes }) => routes.map((one) => [routeKey(one), name] as const)));
  const hundredths = new Map(
    measuresOf(profile).flatMap(({ hundredth, routes }) => routes.map((one) => [routeKey(one), hundredth] as const)),
  );
  return ({ entry, failed }) => {
    const key = entry && routeKey(entry);
    const hundredth = all ?? (key === undefined ? undefined : hundredths.get(key));
    const own = entry && hundredth && Math.floor(entry.nanoseconds / hundredth);
    return {
      className: key === undefined ? undefined : classOf.get(key),
      slowness: failed && always.errors !== false ? Math.max(own ?? 0, errorSlowness) : own,
      // What is in no profile is not marked.
      always: entry !== undefined && classOf.has(key ?? "") && isAlways(always, entry),
    };
  };
}

/** Buckets that a trace may take from, first to last. */
export const bucketsFor = <B extends Pick<Bucket, "match">>(
  buckets: readonly B[],
  trace: Judged,
  marked: Marked,
): readonly B[] => buckets.filter(({ match }) => matches(match, trace, marked));

function matches(match: Match, trace: Judged, { className, slowness = -1, always }: Marked): boolean {
  switch (match.kind) {
    case "errors":
      return trace.failed;
    case "longer":
      // The Collector compares whole milliseconds.
      return Math.floor(trace.milliseconds) > match.milliseconds;
    case "attribute":
      return match.key === marks.always
        ? always
        : trace.values(match.key).some((value) => match.wanted.some((wanted) => isWanted(value, wanted)));
    case "slowness":
      return slowness >= match.hundredths;
    case "class":
      return className !== undefined && match.names.includes(className);
    case "unknown":
      return className === undefined || !match.known.includes(className);
  }
}

function isWanted(value: unknown, wanted: WantedValue): boolean {
  if (typeof wanted !== "object") return String(value) === String(wanted);
  const { min = -Infinity, max = Infinity } = wanted;
  return typeof value === "number" && value >= min && value <= max;
}
