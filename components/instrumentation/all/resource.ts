import { within, type Problem } from "../../core/problems";
import { Findings } from "../findings";
import { traced } from "../instrumented";
import { nodejsKit, type NodejsKit } from "../kit";
import type { KubernetesWorkload } from "../kubernetes";
import { tracingProblems, type Instrumentation, type InstrumentationOptions } from "../options";
import { deployed, type Deployed, type DeployedContainer } from "../policy/deployed";
import { isOurs } from "../policy/rules";
import { recognised } from "./recognised";
import { isWish, matches, ruleProblems, unknownWish, wishes, wishKey, type InstrumentRule, type Wish } from "./rule";

/** How every workload of a program, or of a folder of manifests, is traced. */
export interface InstrumentAll extends Pick<
  InstrumentationOptions,
  "otlp" | "namespace" | "environment" | "attributes" | "sampling"
> {
  /** The first that matches says what a workload is given. @default - annotations, and what is seen of a workload */
  readonly rules?: readonly InstrumentRule[];
  /** @default nodejsKit() */
  readonly kit?: NodejsKit;
}

/** A resource as it is, or with what its service needs to be traced. */
export interface InstrumentedResource {
  readonly props: Readonly<Record<string, unknown>>;
  /** What it was given. @default - it stays as it is */
  readonly given?: Wish;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

export const instrumentAllProblems = (options: InstrumentAll): readonly Problem[] => [
  ...tracingProblems(asked("nodejs", options)),
  ...ruleProblems(options.rules ?? []),
];

/**
 * A resource of a program with what its service needs, if it runs any. What a rule or annotation wants and cannot be had
 * is a problem; a guess that comes to nothing is a note. Variables that are there stay.
 *
 * @param name what it is called where it says no name itself
 */
export function instrumentedResource(
  type: string,
  name: string,
  props: Readonly<Record<string, unknown>>,
  options: InstrumentAll,
): InstrumentedResource {
  const workload = deployed(type, props);
  const same = { props, problems: [], notes: [] };
  if (workload === undefined || isOurs(workload)) return same;
  const service = serviceOf(workload);
  const { wish, ...choice } = choose(workload, service, options);
  const at = (problems: readonly Problem[]) => within(labelOf(workload, name), problems);
  if (choice.problem !== undefined) return { ...same, problems: at([choice.problem]) };
  if (wish === "off") return same;

  const apply = (runtime: Exclude<Wish, "off">) =>
    traced(
      props as KubernetesWorkload,
      asked(runtime, options),
      new Findings("instrumentAll", "stays"),
      name || undefined,
    );
  const found = apply(wish);
  const fits = found.problems.length === 0;
  if (!fits && choice.said) return { ...same, problems: at(found.problems) };
  // A guess that does not fit: variables alone, and if not even those, nothing.
  const { args, problems, notes } = fits ? found : apply("env");
  const refused = found.problems.map((problem) => ({ ...problem, reason: `no kit: ${problem.reason}` }));
  if (problems.length > 0) return { ...same, notes: at(refused) };
  const changed = !isSame(args, props);
  return {
    problems: [],
    props: changed ? (args as typeof props) : props,
    ...(changed && { given: fits ? wish : "env" }),
    notes: at([...refused, ...(choice.note && changed ? [choice.note] : []), ...notes]),
  };
}

/** Outputs are the same where they are one and the same: what is in them is not known. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]));
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);

const asked = (runtime: Exclude<Wish, "off">, { kit, ...options }: InstrumentAll): Instrumentation =>
  runtime === "nodejs" ? { ...options, runtime, kit: kit ?? nodejsKit() } : { ...options, runtime };

/** The container that is the service, as `instrument` finds it. */
function serviceOf({ annotations, containers }: Deployed): DeployedContainer | undefined {
  const named = annotations["kubectl.kubernetes.io/default-container"];
  return containers.find(({ name }) => name !== undefined && name === named) ?? containers[0];
}

interface Choice {
  readonly wish: Wish;
  /** Somebody wrote it. @default - it is a guess */
  readonly said?: true;
  readonly note?: Problem;
  readonly problem?: Problem;
}

function choose(workload: Deployed, service: DeployedContainer | undefined, { rules = [] }: InstrumentAll): Choice {
  const rule = rules.find((candidate) => matches(candidate, workload, service));
  if (rule !== undefined) return { wish: rule.runtime, said: true };
  const value = workload.annotations[wishKey];
  if (value !== undefined) {
    if (isWish(value)) return { wish: value, said: true };
    return { wish: "off", problem: { path: `annotations["${wishKey}"]`, value, ...unknownWish } };
  }
  const wish = service && recognised(service);
  if (wish !== undefined) return { wish };
  const image = service?.image();
  return {
    wish: "env",
    note: {
      path: service?.path ?? "spec",
      ...(image !== undefined && { value: image }),
      reason: "nothing says what runs in it, so it has variables alone",
      remedy: `write ${wishKey}: ${wishes.join(", ")} on it, or a rule`,
    },
  };
}

const labelOf = ({ name }: Deployed, fallback: string): string => (/^$|\/$/.test(name) ? `${name}${fallback}` : name);
