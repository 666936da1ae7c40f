import { inSeconds } from "../../core/units";
import type { Health } from "../../core/workload";

/** How often a starting process is asked, in seconds. */
const period = 2;

/** How the kubelet learns that a process has started, may be sent work, and still works. */
export function probes(health: Health | undefined) {
  if (health === undefined) return {};
  const { port, path, startup = "60s" } = health;
  const httpGet = { path, port };
  return {
    startupProbe: {
      httpGet,
      periodSeconds: period,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(inSeconds(startup) / period),
    },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
    // A minute without an answer: a restart loses what is in memory, so it comes late.
    livenessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
