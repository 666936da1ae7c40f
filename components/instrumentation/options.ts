import { isAddress, parseAddress } from "../core/address";
import type { Problem } from "../core/problems";
import { inSeconds, isDuration, type Duration } from "../core/units";
import type { NodejsKit } from "./kit";

/** How a trace that begins in a service is decided about. One that began elsewhere follows whoever began it. */
export type Sampling =
  /** So large a part, from 0 to 1. */
  | { readonly share: number; readonly strategies?: never }
  /** As Jaeger or an agent says, asked again and again: `http://jaeger.sightline-prod.svc.cluster.local:5778/sampling`. */
  | {
      readonly strategies: string;
      /** @default "60s" */
      readonly every?: Duration;
      /** Share that is kept until the first answer. @default 1 */
      readonly initially?: number;
    };

/** What runs a service, and so what it needs to be traced. */
export type Runtime =
  /** The kit is loaded before the service, which stays as it is. */
  | { readonly runtime: "nodejs"; readonly kit: NodejsKit }
  /** The program has an OpenTelemetry SDK or agent in it, which reads variables. Go always has. */
  | { readonly runtime: "go" | "env" };

export type Instrumentation = Runtime & InstrumentationOptions;

export interface InstrumentationOptions {
  /**
   * Where OTLP over HTTP is taken: the agent of the same node, or a Collector.
   * `http://agent.sightline-prod-agents.svc.cluster.local:4318`
   */
  readonly otlp: string;
  /**
   * `service.name`.
   *
   * @default - annotation `resource.opentelemetry.io/service.name`, label `app.kubernetes.io/instance`, label
   * `app.kubernetes.io/name`, or the name of the workload
   */
  readonly service?: string;
  /**
   * `service.namespace`. On Kubernetes it becomes the annotation `resource.opentelemetry.io/service.namespace` of the pod too, since
   * agents believe that alone.
   *
   * @default - that annotation, or the namespace of the pod
   */
  readonly namespace?: string;
  /**
   * `service.version`.
   *
   * @default - annotation `resource.opentelemetry.io/service.version`, label `app.kubernetes.io/version`, or tag and digest
   * of the image
   */
  readonly version?: string;
  /** `deployment.environment.name`. @default - it says none */
  readonly environment?: string;
  /** Resource attributes besides. @default - none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** @default - what begins here is kept */
  readonly sampling?: Sampling;
  /**
   * Name of the container of a pod that is the service. Where a pod has two, `instrument` the result once more.
   *
   * @default - that of the annotation `kubectl.kubernetes.io/default-container`, or the first
   */
  readonly container?: string;
}

/** What is wrong with the options themselves. */
export function tracingProblems(tracing: Instrumentation): Problem[] {
  const { otlp, sampling, attributes = {} } = tracing;
  return [
    ...runtimeProblems(tracing),
    ...endpointProblems(otlp),
    ...(sampling === undefined ? [] : samplingProblems(sampling)),
    ...Object.keys(attributes)
      .filter((key) => !/^[!-+\--<>-~]+$/.test(key))
      .map((key) => ({
        path: "attributes",
        value: key,
        reason: "not an attribute name",
        remedy: 'write letters, digits, dots and underscores, as "service.criticality"',
      })),
    ...Object.keys(attributes)
      .filter((key) => key in optionOf)
      .map((key) => ({
        path: "attributes",
        value: key,
        reason: "has its own option",
        remedy: `write it as ${optionOf[key]}`,
      })),
  ];
}

/** Attributes that options name. */
const optionOf: Readonly<Record<string, keyof InstrumentationOptions>> = {
  "service.name": "service",
  "service.namespace": "namespace",
  "service.version": "version",
  "deployment.environment.name": "environment",
};

function endpointProblems(otlp: string): Problem[] {
  const problem = (reason: string, remedy: string) => [{ path: "otlp", value: otlp, reason, remedy }];
  // A variable of the pod, as `$(NODE_IP)`, is known to the kubelet alone.
  const parsed = parseAddress(otlp.replaceAll(/\$\([A-Za-z_]\w*\)/g, "variable"));
  if (!isAddress(parsed))
    return otlp.includes("@") ? [{ path: "otlp", ...parsed }] : problem(parsed.reason, parsed.remedy);
  if (parsed.secure === undefined) return problem("has no scheme, but SDKs need one", `write "http://${otlp}"`);
  if (parsed.port === 4317) {
    return problem("port 4317 is for gRPC, but spans are sent over HTTP", `write "${otlp.replace(":4317", ":4318")}"`);
  }
  return [];
}

function samplingProblems(sampling: Sampling): Problem[] {
  const share = (path: string, value: number | undefined) =>
    value === undefined || (value >= 0 && value <= 1)
      ? []
      : [{ path, value, reason: "not a fraction", remedy: "write a number from 0 to 1, as 0.1 for a tenth" }];
  if (sampling.strategies === undefined) return share("sampling.share", sampling.share);
  const parsed = parseAddress(sampling.strategies);
  return [
    ...share("sampling.initially", sampling.initially),
    ...(isAddress(parsed) && parsed.secure !== undefined
      ? []
      : [
          {
            path: "sampling.strategies",
            value: sampling.strategies,
            reason: "not the address of sampling strategies",
            remedy: 'write it with scheme and path, as "http://jaeger.sightline-prod.svc.cluster.local:5778/sampling"',
          },
        ]),
    ...(sampling.every === undefined || (isDuration(sampling.every) && inSeconds(sampling.every) >= 1)
      ? []
      : [
          {
            path: "sampling.every",
            value: sampling.every,
            reason: "not a duration of at least 1 s",
            remedy: 'write a number and a unit, as "60s"',
          },
        ]),
  ];
}

/** Kubernetes holds no more than this in one ConfigMap, in bytes. */
const configMapLimit = 1024 ** 2;

/** Programs without types, and annotations, may name any runtime. */
function runtimeProblems(tracing: Instrumentation): Problem[] {
  const { runtime } = tracing;
  if (runtime === "nodejs") return kitProblems(tracing.kit);
  if (runtime === "go" || runtime === "env") return [];
  const remedy = 'add an agent or SDK to its image, and write "env"';
  return [{ path: "runtime", value: runtime, reason: "there is no kit for this language", remedy }];
}

function kitProblems(kit: NodejsKit | undefined): Problem[] {
  if (kit === undefined) return [{ path: "kit", reason: "missing", remedy: "write kit: nodejsKit()" }];
  const bytes = Object.values(kit.files).reduce((sum, content) => sum + content.length, 0);
  if (bytes <= configMapLimit) return [];
  const remedy = "rebuild the kit without your own libraries";
  return [{ path: "kit", value: `${bytes} bytes`, reason: "larger than 1 MiB, the limit of a ConfigMap", remedy }];
}
