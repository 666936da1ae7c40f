import { binaryChecks } from "./binaries";
import type { Check } from "./check";
import { renderedCheck } from "./rendered";
import { settingsCheck } from "./settings";

export { type Check, type Outcome } from "./check";

/** Every check of the committed project, cheapest first. */
export const checks = (): Check[] => [settingsCheck("dev"), settingsCheck("prod"), renderedCheck(), ...binaryChecks()];
