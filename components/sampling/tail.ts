import * as check from "../collector/checks";
import type { Processor } from "../collector/part";
import type { TailPolicy } from "../collector/processors/tail-policy";
import { tailSampling, type TailSamplingOptions } from "../collector/processors/tail-sampling";
import { within, type Problem } from "../core/problems";
import { inMilliseconds, inSeconds, type Duration } from "../core/units";
import { attributePolicy, wantedProblems, type WantedValue } from "./attribute-policy";

/** Traces to keep. One that several of these want is kept once; one that none wants is dropped. */
export interface Keep {
  /** Those in which a span failed. @default false */
  readonly errors?: boolean | undefined;
  /** Those that took longer, from their first span's start to their last one's end. @default - duration keeps none */
  readonly slowerThan?: Duration | undefined;
  /** Those of which a span, or its resource, has one of these values: texts, numbers, booleans, ranges. @default - none */
  readonly attributes?: Readonly<Record<string, readonly WantedValue[]>> | undefined;
  /**
   * As many as fit into so many spans a second, in each sampler. It is no limit of all that is kept: traces that others
   * want take of it too, and are kept when it is used up.
   *
   * @default - none
   */
  readonly spansPerSecond?: number | undefined;
  /** That share of all, by the trace's id: every sampler with the same share keeps the same ones. @default - none */
  readonly percent?: number | undefined;
}

export interface TailSamplerOptions extends Omit<TailSamplingOptions, "policies" | "numTraces"> {
  readonly keep: Keep;
  /** New traces a second that one sampler has to have room for. @default 500 */
  readonly tracesPerSecond?: number;
}

/** The policies of the Collector that keep these traces, in a fixed order. */
export const tailPolicies = ({ errors, slowerThan, attributes = {}, spansPerSecond, percent }: Keep): TailPolicy[] => [
  ...(errors ? [{ name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } } as const] : []),
  ...(slowerThan !== undefined
    ? [{ name: "slow", type: "latency", latency: { threshold_ms: inMilliseconds(slowerThan) } } as const]
    : []),
  ...Object.entries(attributes).map(([key, wanted]) => ({ ...attributePolicy(key, wanted), name: nameOf(key) })),
  ...(spansPerSecond !== undefined
    ? [{ name: "budget", type: "rate_limiting", rate_limiting: { spans_per_second: spansPerSecond } } as const]
    : []),
  ...(percent !== undefined
    ? [{ name: "share", type: "probabilistic", probabilistic: { sampling_percentage: percent } } as const]
    : []),
];

/** Policies are told apart by their names, and an attribute may be called as one that is no attribute. */
const nameOf = (key: string): string =>
  ["errors", "slow", "budget", "share"].includes(key) ? `attribute ${key}` : key;

/**
 * Tail sampling with room for the traces that wait: twice what comes while one of them waits. When that is full, senders
 * wait; so nothing is decided early, and what was accepted is decided by all its spans.
 */
export function tailSampler({
  keep,
  tracesPerSecond = 500,
  decisionWait = "30s",
  whenFull = "wait",
  ...options
}: TailSamplerOptions): Processor<"traces"> {
  const [first = { name: "all", type: "always_sample" }, ...others] = tailPolicies(keep);
  const processor = tailSampling({
    policies: [first, ...others],
    decisionWait,
    numTraces: waiting(tracesPerSecond, decisionWait),
    whenFull,
    ...options,
  });
  return { ...processor, problems: [...(processor.problems ?? []), ...within("keep", problems(keep))] };
}

/** Traces that may wait for a decision at one time. */
export const waiting = (tracesPerSecond: number, decisionWait: Duration): number =>
  Math.ceil(tracesPerSecond * inSeconds(decisionWait) * 2);

const problems = (keep: Keep): Problem[] => [
  ...check.some("policies", tailPolicies(keep), "write what to keep, or remove tail sampling"),
  ...check.duration("slowerThan", keep.slowerThan),
  ...Object.entries(keep.attributes ?? {}).flatMap(([key, wanted]) => [
    ...check.some(`attributes.${key}`, wanted, "write the values to keep"),
    ...within(`attributes.${key}`, wantedProblems(wanted)),
  ]),
  ...check.count("spansPerSecond", keep.spansPerSecond),
  ...(keep.percent === undefined ? [] : check.percentage("percent", keep.percent)),
];
