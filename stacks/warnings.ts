import type { Planner } from "../components/core/platform";
import { usualOutage } from "../components/capacity";
import { inSeconds } from "../components/core/units";
import { lintPath } from "../components/lint/path";
import { within, type Problem } from "../components/core/problems";
import type { Workload } from "../components/core/workload";
import { warningsOf as warningsOfStorage } from "../components/storage/version";
import { shortOfPlan } from "../configs/plan";
import type { Settings } from "../configs/settings-from";
import { bufferOf } from "./buffer";
import { describedSecrets } from "./observability";
import { graphOfStack } from "./path";
import { storageOf } from "./storage";

/**
 * What works and yet deserves a second look, of a stack that is not refused.
 *
 * @param workloads the stack as it is described
 */
export function warningsOf(settings: Settings, at: Planner, workloads: readonly Workload[]): Problem[] {
  const { storage } = storageOf(settings, at, describedSecrets);
  const buffer = bufferOf(settings, at, describedSecrets);
  return [
    ...warningsOfStorage(storage, settings.images.jaeger.version),
    ...within("buffer", buffer?.warnings),
    ...shortOfPlan(settings),
    ...within("path", lintPath(graphOfStack(settings, workloads), inSeconds(settings.plan.outage ?? usualOutage))),
  ];
}
