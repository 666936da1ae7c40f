import { Refusal } from "../../components/core/problems";
import { settingsOfStack } from "../../configs/stack-file";
import { planOf } from "../planned";
import { failed, passed, type Check } from "./check";

/** Settings of a stack, and all that follows from them, against the rules of the library. */
export const settingsCheck = (stack: string): Check => ({
  subject: `Pulumi.${stack}.yaml`,
  by: "settings and plan",
  run: async () => {
    try {
      planOf(settingsOfStack(stack));
      return passed;
    } catch (error) {
      if (error instanceof Refusal) return failed(error.message);
      throw error;
    }
  },
});
