import type { Problem } from "../core/problems";
import { tracedDocker, type DockerContainer } from "./docker";
import { Findings } from "./findings";
import { tracedWorkload, type KubernetesWorkload } from "./kubernetes";
import { tracingProblems, type Instrumentation } from "./options";

/** Arguments with what tracing needs, and what was found on the way. */
export interface Instrumented<A> {
  readonly args: A;
  /** What is wrong: with any, nothing may be created. */
  readonly problems: readonly Problem[];
  /** What is worth knowing. */
  readonly notes: readonly Problem[];
}

/**
 * Arguments of a workload as they were, and what its service needs to be traced: variables and, for Node.js, the kit.
 * What is there already stays; what contradicts is a problem. Arguments that are traced already come back the same. Where
 * parts are outputs, a problem in them is thrown as soon as they are known.
 */
export function instrumented<A extends KubernetesWorkload | DockerContainer>(
  args: A,
  tracing: Instrumentation,
): Instrumented<A> {
  const wrong = tracingProblems(tracing);
  // Without types a program may forget it.
  if (tracing.runtime === "nodejs" && (tracing.kit as unknown) === undefined)
    return { args, problems: wrong, notes: [] };
  const { problems, ...rest } = traced(args, tracing, new Findings("instrument"));
  return { ...rest, problems: [...wrong, ...problems] };
}

/**
 * The same for options that are known to be right.
 *
 * @param fallback what a workload is called that says no name itself
 */
export function traced<A extends KubernetesWorkload | DockerContainer>(
  args: A,
  tracing: Instrumentation,
  found: Findings,
  fallback?: string,
): Instrumented<A> {
  const traced =
    "image" in args
      ? tracedDocker(args, tracing, found, fallback)
      : tracedWorkload(args as KubernetesWorkload, tracing, found, fallback);
  found.made();
  return { args: traced as A, problems: found.problems, notes: found.notes };
}
