import type { Planner } from "../components/core/platform";
import { dockerPlanner } from "../components/platforms/docker/plan";
import { kubernetesPlanner } from "../components/platforms/kubernetes/plan";
import type { Settings } from "../configs/settings-from";
import { clusterOf, hostOf } from "./host";

/** The platform that settings name, as far as it can be known without asking an engine. */
export const plannerOf = (settings: Settings): Planner =>
  settings.platform === "docker" ? dockerPlanner(hostOf(settings)) : kubernetesPlanner(clusterOf(settings));
