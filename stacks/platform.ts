import { createRequire } from "node:module";
import type { Platform } from "../components/core/platform";
import type * as docker from "../components/platforms/docker";
import type * as kubernetes from "../components/platforms/kubernetes";
import type { Settings } from "../configs/settings-from";
import { clusterOf, hostOf } from "./host";

const load = createRequire(__filename);

/** The platform that settings name. What another one needs is not loaded. */
export const platformOf = (settings: Settings): Platform =>
  settings.platform === "docker"
    ? (load("../components/platforms/docker") as typeof docker).dockerHost(hostOf(settings))
    : (load("../components/platforms/kubernetes") as typeof kubernetes).kubernetes({
        ...clusterOf(settings),
        // README says so: without kubeconfig and context in the settings it is the cluster that kubectl asks.
        currentContext: true,
      });
