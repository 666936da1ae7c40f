import type { Workload } from "../../core/workload";
import type { KubernetesOptions } from "./options";

/**
 * Whether a process runs as root, without any of its rights: folders of a machine belong to root, and no volume plugin
 * gives them to somebody else.
 */
export const isRoot = ({ placement, volumes = {} }: Workload): boolean =>
  placement === "every-node" && Object.values(volumes).some(({ kind }) => kind !== "scratch");

/** Who the pod runs as. */
export function podSecurity({ runAs = "image" }: KubernetesOptions, workload: Workload) {
  const seccompProfile = { type: "RuntimeDefault" };
  if (isRoot(workload)) return { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false, seccompProfile };
  if (runAs === "platform") return { runAsNonRoot: true, seccompProfile };
  const [runAsUser, runAsGroup] = workload.image.user.split(":").map(Number);
  return {
    runAsUser,
    runAsGroup,
    runAsNonRoot: true,
    // Gives volumes to that group, which takes long for a large one: only where it does not have them yet.
    fsGroup: runAsGroup,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile,
  };
}

/** What the process may do. That it is not root is said of the pod too, but some checkers of manifests look here alone. */
export const containerSecurity = (workload: Workload) => ({
  runAsNonRoot: !isRoot(workload),
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
});
