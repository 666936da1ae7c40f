import { named, type Held } from "../held/held";
import { at, holdsData, isProvider, kindOf } from "./kinds";
import type { Step } from "./steps";

/** Data that this change leaves where it is, with nothing that reads it. */
export interface Kept {
  /** As `sightline data list` has it. */
  readonly what: string;
  /** What finds it again. */
  readonly until: string;
  /** The command that deletes it. */
  readonly deletes: string;
}

/** Volumes and claims that leave the program, or give way to others, and stay. */
export function keptBy(stack: string, steps: readonly Step[]): Kept[] {
  const moves = steps.some(({ type, operation }) => isProvider(type) && operation === "replace");
  return steps
    .filter((step) => step.retained === true && holdsData(step))
    .map((step) => ({
      what: named(heldAs(step)),
      until: moves ? "the provider leads here again" : `${step.component} asks for it`,
      deletes: `npm run sightline -- data delete -s ${stack} ${heldAs(step).name}`,
    }));
}

function heldAs(step: Step): Pick<Held, "kind" | "name" | "namespace"> {
  const { before } = step;
  if (kindOf(step) === "Volume") return { kind: "volume", name: String(at(before, "name")) };
  const [name, namespace] = ["name", "namespace"].map((key) => String(at(before, "metadata", key)));
  return { kind: "persistentvolumeclaim", name: name!, namespace: namespace! };
}
