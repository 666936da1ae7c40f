import type { ErrorMode } from "./error-mode";

/**
 * Tail sampling policies, in the Collector's own words, so that they can be kept in a file. A trace is kept when one
 * policy says so, unless a `drop` policy matches.
 *
 * Source: processor/tailsamplingprocessor/{README.md,config.go} of the Collector's contrib repository.
 */
export type TailPolicy =
  | SimplePolicy
  | (Named & { readonly type: "and"; readonly and: { readonly and_sub_policy: readonly InnerPolicy[] } })
  | (Named & { readonly type: "not"; readonly not: { readonly not_sub_policy: SimplePolicy } })
  /** Drops what matches all of these, whatever others say. */
  | (Named & { readonly type: "drop"; readonly drop: { readonly drop_sub_policy: readonly InnerPolicy[] } })
  | (Named & { readonly type: "composite"; readonly composite: CompositePolicy });

type Named = {
  /** Unique; shows in metrics and logs. */
  readonly name: string;
};

/** A policy that needs no other. */
export type SimplePolicy = Named &
  (
    | { readonly type: "always_sample" }
    /** Longer than `threshold_ms`, and no longer than `upper_threshold_ms`. */
    | {
        readonly type: "latency";
        readonly latency: { readonly threshold_ms: number; readonly upper_threshold_ms?: number };
      }
    | { readonly type: "status_code"; readonly status_code: { readonly status_codes: readonly StatusCode[] } }
    | {
        readonly type: "probabilistic";
        readonly probabilistic: { readonly sampling_percentage: number; readonly hash_salt?: string };
      }
    /** A trace with more spans than the burst never passes. @default - a burst of twice the rate */
    | {
        readonly type: "rate_limiting";
        readonly rate_limiting: { readonly spans_per_second: number; readonly burst_capacity?: number };
      }
    | {
        readonly type: "bytes_limiting";
        readonly bytes_limiting: { readonly bytes_per_second: number; readonly burst_capacity?: number };
      }
    | { readonly type: "span_count"; readonly span_count: { readonly min_spans?: number; readonly max_spans?: number } }
    | { readonly type: "string_attribute"; readonly string_attribute: StringMatch }
    | { readonly type: "numeric_attribute"; readonly numeric_attribute: NumberMatch }
    | {
        readonly type: "boolean_attribute";
        readonly boolean_attribute: { readonly key: string; readonly value: boolean; readonly invert_match?: boolean };
      }
    | {
        readonly type: "trace_state";
        readonly trace_state: { readonly key: string; readonly values: readonly string[] };
      }
    /** The caller's sampled flag is set. */
    | { readonly type: "trace_flags" }
    | {
        readonly type: "ottl_condition";
        readonly ottl_condition: {
          readonly error_mode?: ErrorMode;
          readonly span?: readonly string[];
          readonly spanevent?: readonly string[];
        };
      }
  );

/** What `and` and `drop` may hold. */
export type InnerPolicy =
  SimplePolicy | (Named & { readonly type: "not"; readonly not: { readonly not_sub_policy: SimplePolicy } });

/** What `composite` may hold. */
export type CompositeSubPolicy =
  SimplePolicy | (Named & { readonly type: "and"; readonly and: { readonly and_sub_policy: readonly InnerPolicy[] } });

export type StatusCode = "OK" | "ERROR" | "UNSET";

export type StringMatch = {
  readonly key: string;
  readonly values: readonly string[];
  readonly enabled_regex_matching?: boolean;
  readonly cache_max_size?: number;
  readonly invert_match?: boolean;
};

export type NumberMatch = {
  readonly key: string;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly invert_match?: boolean;
};

/** Shares a rate among policies. */
export type CompositePolicy = {
  readonly max_total_spans_per_second: number;
  /** Names of the sub-policies, first to last. */
  readonly policy_order: readonly string[];
  readonly composite_sub_policy: readonly CompositeSubPolicy[];
  /** Shares in percent, one for each policy: 0.158 gives those without one nothing, and 0 stands for an equal share. */
  readonly rate_allocation?: readonly { readonly policy: string; readonly percent: number }[];
};
