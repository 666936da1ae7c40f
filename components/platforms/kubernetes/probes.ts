import { inSeconds } from "../../core/units";
import type { Health } from "../../core/workload";

/** How often a starting process is asked, in seconds. */
const period = 2;

/** How the kubelet learns that a process has started, may be sent work, and still works. */
export function probes(health: Health | undefined) {
  if (health === undefined) return {};
  const { port, path, startPath = path, command, login, startup = "60s" } = health;
  const asking = (path: string | undefined) => {
    // A header of a probe stands in the manifest, for everybody to read.
    if (login !== undefined && command !== undefined) return { exec: { command: [...command] } };
    return path === undefined || login !== undefined ? { tcpSocket: { port } } : { httpGet: { path, port } };
  };
  return {
    startupProbe: {
      ...asking(startPath),
      periodSeconds: period,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(inSeconds(startup) / period),
    },
    readinessProbe: { ...asking(path), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
    // A minute without an answer: a restart loses what is in memory, so it comes late.
    livenessProbe: { ...asking(path), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
