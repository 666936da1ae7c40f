import type { Planner } from "../components/core/platform";
import { within, type Problem } from "../components/core/problems";
import { warningsOf as warningsOfStorage } from "../components/storage/version";
import { shortOfPlan } from "../configs/plan";
import type { Settings } from "../configs/schema";
import { bufferOf } from "./buffer";
import { describedSecrets } from "./observability";
import { storageOf } from "./storage";

/** What works and yet deserves a second look, of a stack that is not refused. */
export function warningsOf(settings: Settings, at: Planner): Problem[] {
  const { storage } = storageOf(settings, at, describedSecrets);
  const buffer = bufferOf(settings, at, describedSecrets);
  return [
    ...warningsOfStorage(storage, settings.images.jaeger.version),
    ...within("buffer", buffer?.warnings),
    ...shortOfPlan(settings),
  ];
}
