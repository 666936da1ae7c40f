import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./core/names";
import type { Endpoint, Platform } from "./core/platform";
import { Refusal, sentence, type Problem } from "./core/problems";
import type { Workload } from "./core/workload";

/** What every component is given besides its description. */
export interface Placed {
  readonly platform: Platform;
}

/**
 * A described workload, running on a platform. Each component of the library is this class with a constructor that
 * describes one kind of workload; a stack may also run a description directly.
 *
 * @throws InputPropertiesError with every problem, before anything is created
 */
export class Component<P extends string = string> extends pulumi.ComponentResource {
  /** Where the outside reaches each port; undefined where it cannot. */
  readonly outside: Readonly<Record<P, Endpoint | undefined>>;

  /** @param after what its processes come after, and go before */
  constructor(
    workload: Workload<P>,
    platform: Platform,
    opts?: pulumi.ComponentResourceOptions,
    after: readonly pulumi.Resource[] = [],
  ) {
    super(typeToken(workload.component), `${platform.logicalPrefix ?? ""}${workload.name}`, {}, opts);
    const running = asInputErrors(() => platform.run(workload, this, after));
    this.outside = running.outside;
    this.registerOutputs({ outside: this.outside });
  }
}

/** What runs on each platform, by name. */
const running = new WeakMap<Platform, Map<string, Component>>();

/**
 * Runs what a component cannot do without, once: two components may ask for the same.
 */
export function companions(
  workloads: readonly Workload[],
  platform: Platform,
  { parent, provider, providers }: pulumi.ComponentResourceOptions = {},
): readonly Component[] {
  const known = running.get(platform) ?? new Map<string, Component>();
  running.set(platform, known);
  const opts = { ...(parent && { parent }), ...(provider && { provider }), ...(providers && { providers }) };
  return workloads.map((workload) => {
    const component = known.get(workload.name) ?? new Component(workload, platform, opts);
    known.set(workload.name, component);
    return component;
  });
}

/** Says a refusal as Pulumi does: one error, one line for each property. */
export function asInputErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new pulumi.InputPropertiesError({ message: error.message, errors: error.problems.map(asDetail) });
  }
}

/** Says what is worth knowing as Pulumi does: a warning each. */
export function tell(notes: readonly Problem[]): void {
  for (const note of notes) void pulumi.log.warn(sentence(note));
}

const asDetail = ({ path, reason, remedy }: Problem): pulumi.InputPropertyErrorDetails => ({
  propertyPath: path,
  reason: `${reason}; ${remedy}`,
});
