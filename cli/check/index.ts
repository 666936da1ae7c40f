import { committedStacks } from "../../configs/stack-file";
import { binaryChecks } from "./binaries";
import type { Check } from "./check";
import { pathCheck } from "./path";
import { renderedCheck } from "./rendered";
import { settingsCheck } from "./settings";

export { type Check, type Outcome } from "./check";

/** Every check of the committed project, cheapest first. */
export const checks = (): Check[] => [
  ...committedStacks.map(settingsCheck),
  ...committedStacks.map((stack) => pathCheck(stack)),
  renderedCheck(),
  ...binaryChecks(),
];
