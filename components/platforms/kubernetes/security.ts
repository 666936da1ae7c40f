import type { Workload } from "../../core/workload";
import type { KubernetesOptions } from "./options";

/** Log files of containers belong to root, and the group of root may read them. */
const readsFiles = ({ volumes = {} }: Workload) =>
  Object.values(volumes).some(({ kind }) => kind === "host") ? { supplementalGroups: [0] } : {};

/** Who the pod runs as. */
export function podSecurity({ runAs = "image" }: KubernetesOptions, workload: Workload) {
  const seccompProfile = { type: "RuntimeDefault" };
  if (runAs === "platform") return { runAsNonRoot: true, ...readsFiles(workload), seccompProfile };
  const [runAsUser, runAsGroup] = workload.image.user.split(":").map(Number);
  return {
    runAsUser,
    runAsGroup,
    runAsNonRoot: true,
    // Gives volumes to that group, which takes long for a large one: only where it does not have them yet.
    fsGroup: runAsGroup,
    fsGroupChangePolicy: "OnRootMismatch",
    ...readsFiles(workload),
    seccompProfile,
  };
}

/** What the process may do. That it is not root is said of the pod too, but some checkers of manifests look here alone. */
export const containerSecurity = () => ({
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
});
