import type { Input } from "@pulumi/pulumi";
import type { Problem } from "../core/problems";
import { inMilliseconds } from "../core/units";
import type { Sampling, Instrumentation } from "./options";

/** A variable of a traced service. */
export interface Variable {
  readonly name: string;
  readonly value: Input<string>;
  /** What is said of another value that a service has already. @default - nothing: that one stays */
  readonly against?: Pick<Problem, "reason" | "remedy">;
}

/**
 * What every SDK reads, without who sends: that differs by platform.
 *
 * Source: OpenTelemetry, "Environment Variable Specification" and "OTLP Exporter Configuration".
 */
export const variables = (tracing: Instrumentation, service: Input<string>): readonly Variable[] => [
  {
    name: "OTEL_SERVICE_NAME",
    value: service,
    ...(tracing.service !== undefined && { against: otherThan("service", tracing.service) }),
  },
  { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: tracing.otlp, against: otherThan("otlp", tracing.otlp) },
  {
    name: "OTEL_EXPORTER_OTLP_PROTOCOL",
    value: "http/protobuf",
    against: { reason: "option otlp needs OTLP over HTTP", remedy: "remove it" },
  },
  {
    name: "OTEL_PROPAGATORS",
    value: "tracecontext,baggage",
    ...(tracing.runtime === "nodejs" && {
      against: { reason: "the kit only propagates tracecontext and baggage", remedy: "remove it" },
    }),
  },
  ...(tracing.sampling === undefined ? [] : samplerVariables(tracing.sampling)),
];

const otherThan = (option: string, value: string): Pick<Problem, "reason" | "remedy"> => ({
  reason: `contradicts ${option}, ${JSON.stringify(value)}`,
  remedy: "remove one of them",
});

function samplerVariables(sampling: Sampling): readonly Variable[] {
  const against = { reason: "contradicts sampling", remedy: "remove one of them" };
  const [sampler, argument] =
    sampling.strategies === undefined
      ? ["parentbased_traceidratio", decimal(sampling.share)]
      : [
          "parentbased_jaeger_remote",
          [
            `endpoint=${sampling.strategies}`,
            `pollingIntervalMs=${inMilliseconds(sampling.every ?? "60s")}`,
            `initialSamplingRate=${decimal(sampling.initially ?? 1)}`,
          ].join(","),
        ];
  return [
    { name: "OTEL_TRACES_SAMPLER", value: sampler, against },
    { name: "OTEL_TRACES_SAMPLER_ARG", value: argument, against },
  ];
}

/** Without an exponent, which not every SDK reads. */
const decimal = (share: number): string => share.toFixed(9).replace(/\.?0+$/, "");

/** Why a variable that a service has already would leave it untraced. @default - it would not */
export function switchesOff(
  name: string,
  value: string,
  { otlp }: Instrumentation,
): Pick<Problem, "reason" | "remedy"> | undefined {
  const off = { reason: "leaves the service untraced", remedy: "remove it, or do not instrument the service" };
  switch (name) {
    case "OTEL_SDK_DISABLED":
      return value.toLowerCase() === "true" ? off : undefined;
    case "OTEL_TRACES_SAMPLER":
      return value === "always_off" || value === "parentbased_always_off" ? off : undefined;
    case "OTEL_TRACES_EXPORTER":
      return value === "otlp" ? undefined : { reason: "does not send spans over OTLP", remedy: off.remedy };
    case "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT":
      return value === `${otlp}/v1/traces` ? undefined : otherThan("otlp", otlp);
    case "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL":
      return value.startsWith("http/")
        ? undefined
        : { reason: "option otlp needs OTLP over HTTP", remedy: "remove it" };
    default:
      return undefined;
  }
}
