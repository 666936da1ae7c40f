import type { WantedValue } from "../attribute-policy";

/** Which traces may take from a bucket. */
export type Match =
  | { readonly kind: "errors" }
  | { readonly kind: "longer"; readonly milliseconds: number }
  | { readonly kind: "attribute"; readonly key: string; readonly wanted: readonly WantedValue[] }
  /** The first span took at least so many hundredths of its route's median. */
  | { readonly kind: "slowness"; readonly hundredths: number }
  | { readonly kind: "class"; readonly names: readonly string[] }
  /** None of these classes: a route that was not learnt, or no first span. */
  | { readonly kind: "unknown"; readonly known: readonly string[] };

/** A token bucket of one sampler: it lets a trace pass while it holds as many tokens as the trace has spans. */
export interface Bucket {
  readonly name: string;
  readonly match: Match;
  /** Tokens a second. */
  readonly rate: number;
  /** Tokens that it holds at most, and at the start. */
  readonly burst: number;
}
