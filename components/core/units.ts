/** A length of time with its unit: `"200ms"`, `"30s"`, `"72h"`, `"15d"`. */
export type Duration = `${number}${DurationUnit}`;
export type DurationUnit = "ms" | "s" | "m" | "h" | "d";

/** An amount of bytes with its unit: `"512 MiB"`, `"20 GiB"`. Powers of 1024 only. */
export type Size = `${number} ${SizeUnit}`;
export type SizeUnit = "B" | "KiB" | "MiB" | "GiB" | "TiB";

/** A share with its unit: `"99.9 %"`. */
export type Percent = `${number} %`;

const milliseconds: Record<DurationUnit, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const bytesIn: Record<SizeUnit, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };

const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const sizePattern = /^(\d+(?:\.\d+)?) (B|KiB|MiB|GiB|TiB)$/;

/** Whether a text (from a settings file, say) is a {@link Duration}. */
export const isDuration = (text: string): text is Duration => durationPattern.test(text);

/** Whether a text is a {@link Size}. */
export const isSize = (text: string): text is Size => sizePattern.test(text);

const percentPattern = /^(\d+(?:\.\d+)?) %$/;

/** Whether a text is a {@link Percent}. */
export const isPercent = (text: string): text is Percent => percentPattern.test(text);

/** A percentage as a number: 99.9 for `"99.9 %"`; NaN where the text is none. */
export const inPercent = (percent: Percent): number => Number(percentPattern.exec(percent)?.[1] ?? NaN);

/** A duration in milliseconds; NaN where the text is not a duration, so that comparisons with it fail. */
export function inMilliseconds(duration: Duration): number {
  const [, amount, unit] = durationPattern.exec(duration) ?? [];
  return amount === undefined ? NaN : Number(amount) * milliseconds[unit as DurationUnit];
}

/** A duration in seconds. */
export const inSeconds = (duration: Duration): number => inMilliseconds(duration) / 1_000;

/** A duration as Go's time.ParseDuration reads it: it has no days, so `"15d"` becomes `"360h"`. */
export function goDuration(duration: Duration): string {
  return duration.endsWith("d") ? `${inMilliseconds(duration) / milliseconds.h}h` : duration;
}

/** A size in bytes; NaN where the text is not a size. */
export function inBytes(size: Size): number {
  const [, amount, unit] = sizePattern.exec(size) ?? [];
  return amount === undefined ? NaN : Math.round(Number(amount) * bytesIn[unit as SizeUnit]);
}

/** A size in whole mebibytes, rounded down: what the Docker API and the memory limiter take. */
export const inMebibytes = (size: Size): number => Math.floor(inBytes(size) / bytesIn.MiB);

/**
 * GOMEMLIMIT for a Go process: a share of the memory it may use, 80 % unless said otherwise, which leaves room for what
 * the Go heap does not count (stacks, mapped files).
 */
export const goMemoryLimit = (memory: Size, share = 0.8): string => `${Math.floor(inMebibytes(memory) * share)}MiB`;

/** A duration as Prometheus and Loki read it: whole numbers only, so `"1.5h"` becomes `"5400000ms"`. */
export const wholeDuration = (duration: Duration): string =>
  duration.includes(".") ? `${Math.round(inMilliseconds(duration))}ms` : duration;
