import { isAddress, parseAddress } from "../../core/address";
import type { Problem } from "../../core/problems";
import { readAttributes } from "../attributes";
import type { Deployed, DeployedContainer } from "./deployed";
import { exception, exceptionForm, exceptionKey } from "./exception";

export interface PolicyOptions {
  /**
   * Where services may send to. The first is what remedies name.
   *
   * @default - anywhere
   */
  readonly endpoints?: readonly [string, ...string[]];
  /** The day on which exceptions are looked at, `2026-11-27`. @default - today, UTC */
  readonly today?: string;
}

/** One thing that every service has to hold to. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** What is wrong with a service that is there to be traced. */
  readonly problems: (workload: Deployed, options: PolicyOptions) => readonly Problem[];
}

const endpointNames = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"] as const;

const sends = ({ variables }: DeployedContainer): boolean => endpointNames.some((name) => variables.includes(name));

/** What the operator of OpenTelemetry adds when a pod is made, no program sees. */
const injected = ({ annotations }: Deployed): boolean =>
  Object.entries(annotations).some(
    ([key, value]) => key.startsWith("instrumentation.opentelemetry.io/inject-") && value !== "false",
  );

/** Whether a workload sends traces, as far as its description says. */
export const isTraced = (workload: Deployed): boolean => injected(workload) || workload.containers.some(sends);

const traced: Rule = {
  name: "service-is-traced",
  description: "A workload that serves requests sends traces, or has an exception with a reason and an end date.",
  problems: (workload, options) => {
    const { problem } = exception(workload, todayOf(options));
    if (problem !== undefined) return [problem];
    const { containers } = workload;
    const path = containers[0]?.path ?? "spec";
    const otlp = options.endpoints?.[0] ?? "http://agent.sightline-prod-agents.svc.cluster.local:4318";
    const remedy = [
      `pass its arguments to instrument(…, { runtime: "nodejs", kit: nodejsKit(), otlp: "${otlp}" }), or "env" if it has an SDK`,
      `or add an exception with ${exceptionKey}: "${exceptionForm}"`,
    ].join("; ");
    if (!isTraced(workload)) return [{ path, reason: "the service would be deployed untraced", remedy }];
    return containers.filter(sends).flatMap(({ path, value }) => {
      const off = [
        ...(value("OTEL_SDK_DISABLED")?.toLowerCase() === "true" ? ["OTEL_SDK_DISABLED=true"] : []),
        ...(value("OTEL_TRACES_EXPORTER") === "none" ? ["OTEL_TRACES_EXPORTER=none"] : []),
      ];
      return off.map((value) => ({ path, value, reason: "leaves the service untraced", remedy: "remove it" }));
    });
  },
};

const reachable: Rule = {
  name: "traces-arrive",
  description: "Traces are sent to an address that receives them.",
  problems: (workload, { endpoints }) =>
    workload.containers.flatMap(({ path, value }) => {
      const name = endpointNames.find((candidate) => value(candidate) !== undefined);
      const endpoint = name && value(name);
      // What comes from elsewhere, or names a variable, is known when the pod starts.
      if (endpoint === undefined || endpoint.includes("$(")) return [];
      const problem = (reason: string, remedy: string) => [{ path, value: `${name}=${endpoint}`, reason, remedy }];
      const parsed = parseAddress(endpoint);
      if (!isAddress(parsed))
        return endpoint.includes("@") ? [{ path, ...parsed }] : problem(parsed.reason, parsed.remedy);
      const grpc = value("OTEL_EXPORTER_OTLP_PROTOCOL") === "grpc";
      if (parsed.port === (grpc ? 4318 : 4317)) {
        const [here, there] = grpc ? ["gRPC", "HTTP"] : ["HTTP", "gRPC"];
        return problem(`sends ${here} to the port of ${there}`, `write port ${grpc ? 4317 : 4318}`);
      }
      if (/^(localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.host) && workload.containers.length === 1) {
        return problem(
          "points to the container itself, where nothing receives traces",
          "write the address of an agent",
        );
      }
      const allowed = endpoints?.some((other) => endpoint === other || endpoint.startsWith(`${other}/`)) ?? true;
      return allowed ? [] : problem("not one of the allowed endpoints", `write ${endpoints?.join(" or ")}`);
    }),
};

const named: Rule = {
  name: "service-has-a-name",
  description: "A service sets its name, by which its traces are found.",
  problems: ({ containers }) =>
    containers
      .filter((container) => sends(container) && !container.variables.includes("OTEL_SERVICE_NAME"))
      .filter(
        (container) => !container.variables.includes("OTEL_RESOURCE_ATTRIBUTES") || nameOf(container) === undefined,
      )
      .map(({ path }) => ({ path, reason: "the service has no name", remedy: "set OTEL_SERVICE_NAME" })),
};

const sampled: Rule = {
  name: "traces-are-kept",
  description: "A service does not drop every trace that starts in it.",
  problems: ({ containers }) =>
    containers.flatMap(({ path, value }) => {
      const [sampler, argument] = [value("OTEL_TRACES_SAMPLER"), value("OTEL_TRACES_SAMPLER_ARG")];
      const off = sampler?.endsWith("always_off") || (sampler?.endsWith("traceidratio") && Number(argument ?? 1) === 0);
      if (!off) return [];
      const remedy = "remove it, or let sampling strategies decide with parentbased_jaeger_remote";
      return [{ path, value: `OTEL_TRACES_SAMPLER=${sampler}`, reason: "keeps no trace that starts here", remedy }];
    }),
};

/** Rules for one workload, in the order in which they are read. */
export const rules: readonly Rule[] = [traced, reachable, named, sampled];

/** What is wrong with a workload by a rule. */
export const workloadProblems = (rule: Rule, workload: Deployed, options: PolicyOptions = {}): readonly Problem[] =>
  leftAlone(workload, options) ? [] : rule.problems(workload, options);

/** What comes and goes, what this library deploys, and what is excused. */
const leftAlone = (workload: Deployed, options: PolicyOptions): boolean =>
  !workload.serves || isOurs(workload) || exception(workload, todayOf(options)).excused;

/** What this library deploys, which takes traces. */
export const isOurs = ({ labels }: Pick<Deployed, "labels">): boolean =>
  labels["app.kubernetes.io/managed-by"] === "sightline" ||
  Object.keys(labels).some((label) => label.startsWith("dev.sightline."));

/** Workloads that say the name of another, which makes one service of two. */
export function sharedNames<W extends Deployed>(
  workloads: readonly W[],
  options: PolicyOptions = {},
): readonly { readonly workload: W; readonly problem: Problem }[] {
  const first = new Map<string, Deployed>();
  return workloads
    .filter((workload) => !leftAlone(workload, options))
    .flatMap((workload) =>
      workload.containers.filter(sends).flatMap((container) => {
        const name = nameOf(container);
        if (name === undefined) return [];
        const other = first.get(`${workload.namespace} ${name}`) ?? workload;
        first.set(`${workload.namespace} ${name}`, other);
        if (other === workload) return [];
        const reason = `also the name of ${other.name}, so their traces cannot be told apart`;
        const remedy = "give one of them another OTEL_SERVICE_NAME";
        return [{ workload, problem: { path: container.path, value: name, reason, remedy } }];
      }),
    );
}

/** `service.name` as a container says it. @default - it comes from elsewhere, or there is none */
const nameOf = ({ value }: DeployedContainer): string | undefined =>
  value("OTEL_SERVICE_NAME") ??
  readAttributes(value("OTEL_RESOURCE_ATTRIBUTES") ?? "")?.find(([key]) => key === "service.name")?.[1];

const todayOf = ({ today }: PolicyOptions): string => today ?? new Date().toISOString().slice(0, 10);
