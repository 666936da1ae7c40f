/** Which series, and how they are put together. */
export interface Slice {
  /** Labels to keep. @default - one number */
  readonly by?: readonly string[];
  /** Matchers: `service_name="$service"`. */
  readonly where?: readonly string[];
  /** @default "$__rate_interval" */
  readonly over?: string;
}

/** A slice, and more matchers before its own. */
export const among = (slice: Slice, ...where: readonly string[]): Slice => ({
  ...slice,
  where: [...where, ...(slice.where ?? [])],
});

/** A metric with matchers. */
export const series = (metric: string, where: readonly string[] = []): string =>
  where.length === 0 ? metric : `${metric}{${where.join(",")}}`;

const aggregate = (how: string, by: readonly string[], of: string) =>
  by.length === 0 ? `${how}(${of})` : `${how} by (${by.join(", ")}) (${of})`;

export const sum = (gauge: string, { by = [], where }: Slice): string => aggregate("sum", by, series(gauge, where));
export const min = (gauge: string, { by = [], where }: Slice): string => aggregate("min", by, series(gauge, where));

/** Growth of a counter each second. */
export const rate = (counter: string, { by = [], where, over = "$__rate_interval" }: Slice = {}): string =>
  aggregate("sum", by, `rate(${series(counter, where)}[${over}])`);

/**
 * Growth of a counter over the time shown. Counters of faults begin with their first fault, with no zero before it, which
 * `increase` cannot see: a series that was not there when the time shown began counts with all it has.
 */
export function growth(counter: string, { by = [], where }: Slice = {}): string {
  const of = series(counter, where);
  return aggregate("sum", by, `(${of} unless ${of} offset $__range) or increase(${of}[$__range])`);
}

/** The same as one number: 0 where the counter has never been needed, and so does not exist. */
export const total = (counter: string, where: readonly string[] = []): string =>
  `(${growth(counter, { where })} or vector(0))`;

/** A quantile of a classic histogram; absent, not NaN, while nothing is measured. */
export const quantile = (q: number, buckets: string, slice: Slice): string =>
  `histogram_quantile(${q}, ${rate(buckets, { ...slice, by: ["le", ...(slice.by ?? [])] })}) >= 0`;

/** Lines that a chart can have and still be read. */
const readable = 20;

/** Of these series those that grew most over the time shown: the same ones at each point of it. */
export const most = (of: string, counter: string, { by = [], where }: Slice): string =>
  `${of} and on (${by.join(", ")}) topk(${readable}, ${aggregate("sum", by, `rate(${series(counter, where)}[$__range] @ end())`)})`;

/** The mean of a histogram. */
export const mean = (histogram: string, slice: Slice): string =>
  `${rate(`${histogram}_sum`, slice)} / (${rate(`${histogram}_count`, slice)} > 0)`;

/** A share between 0 and 1: 0, not absent, while nothing is part of it; absent while there is no whole. */
export const share = (part: string, whole: string): string => `(${part} or 0 * ${whole}) / (${whole} > 0)`;
