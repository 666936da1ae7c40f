import type { TailPolicy } from "../../components/collector/parts";

/** One tail sampling policy of every type. */
export const everyPolicy: readonly [TailPolicy, ...TailPolicy[]] = [
  { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
  { name: "slow", type: "latency", latency: { threshold_ms: 2000, upper_threshold_ms: 60000 } },
  { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 5 } },
  { name: "rate", type: "rate_limiting", rate_limiting: { spans_per_second: 100, burst_capacity: 500 } },
  { name: "bytes", type: "bytes_limiting", bytes_limiting: { bytes_per_second: 1_000_000 } },
  { name: "large", type: "span_count", span_count: { min_spans: 500 } },
  {
    name: "tenants",
    type: "string_attribute",
    string_attribute: { key: "tenant", values: ["gold$"], enabled_regex_matching: true },
  },
  {
    name: "5xx",
    type: "numeric_attribute",
    numeric_attribute: { key: "http.status_code", min_value: 500 },
  },
  { name: "debug", type: "boolean_attribute", boolean_attribute: { key: "debug", value: true } },
  { name: "state", type: "trace_state", trace_state: { key: "keep", values: ["1"] } },
  { name: "flags", type: "trace_flags" },
  { name: "ottl", type: "ottl_condition", ottl_condition: { span: ['span.name == "checkout"'] } },
  {
    name: "slow-but-not-batch",
    type: "and",
    and: {
      and_sub_policy: [
        { name: "slow-1", type: "latency", latency: { threshold_ms: 500 } },
        {
          name: "no-batch",
          type: "not",
          not: {
            not_sub_policy: {
              name: "batch",
              type: "string_attribute",
              string_attribute: { key: "kind", values: ["batch"] },
            },
          },
        },
      ],
    },
  },
  {
    name: "no-probes",
    type: "drop",
    drop: {
      drop_sub_policy: [
        {
          name: "probe",
          type: "string_attribute",
          string_attribute: { key: "http.route", values: ["/ready"] },
        },
      ],
    },
  },
  {
    name: "budget",
    type: "composite",
    composite: {
      max_total_spans_per_second: 1000,
      policy_order: ["first", "rest"],
      composite_sub_policy: [
        { name: "first", type: "latency", latency: { threshold_ms: 100 } },
        { name: "rest", type: "always_sample" },
      ],
      rate_allocation: [
        { policy: "first", percent: 70 },
        { policy: "rest", percent: 30 },
      ],
    },
  },
];
