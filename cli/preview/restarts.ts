import { at, isProcess, kindOf } from "./kinds";
import type { Step } from "./steps";

/** A workload whose processes stop, start or are exchanged. */
export interface Restart {
  readonly workload: string;
  readonly how: "starts" | "stops for good" | "one process after the other" | "stops, then starts again";
  /** Paths of the arguments behind it. */
  readonly because: readonly string[];
}

/** Which processes do not simply go on. */
export const restarts = (steps: readonly Step[]): Restart[] => steps.filter(isProcess).flatMap(restart);

function restart(step: Step): Restart[] {
  const { operation, name, fields } = step;
  const is = (how: Restart["how"], because: readonly string[] = []): Restart[] => [{ workload: name, how, because }];
  switch (operation) {
    case "same":
      return [];
    case "create":
      return is("starts");
    case "delete":
      return is("stops for good");
    case "replace":
      return is("stops, then starts again", fields);
    case "update": {
      // Docker changes a running container in place, or replaces it.
      const template = fields.filter((field) => field.startsWith("spec.template"));
      if (template.length === 0) return [];
      // A Deployment starts the new one first; a StatefulSet's pods have a name that only one can bear.
      const isOnlyOne = kindOf(step) === "StatefulSet" && (at(step.after, "spec", "replicas") ?? 1) === 1;
      return is(isOnlyOne ? "stops, then starts again" : "one process after the other", template);
    }
  }
}
