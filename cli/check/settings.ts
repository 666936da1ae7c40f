import { Refusal } from "../../components/core/problems";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsOfStack } from "../../configs/stack-file";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { failed, passed, type Check } from "./check";

/** Settings of a stack, and all that follows from them, against the rules of the library. */
export const settingsCheck = (stack: string): Check => ({
  subject: `Pulumi.${stack}.yaml`,
  by: "settings and plan",
  run: async () => {
    try {
      const settings = settingsOfStack(stack);
      const planner = dockerPlanner(hostOf(settings));
      planner.plan(observability(settings, planner, describedSecrets));
      return passed;
    } catch (error) {
      if (error instanceof Refusal) return failed(error.message);
      throw error;
    }
  },
});
