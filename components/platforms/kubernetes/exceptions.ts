/** Something that Pod Security forbids at level `restricted`, and that node agents do all the same. */
export interface Exception {
  /** The control, as the Pod Security Standards call it. */
  readonly control: string;
  /** Its rules in Monokle. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/**
 * All that node agents may do beyond `restricted`. Everything else holds for them as well: no capabilities, no way to
 * more rights, a root file system that is read-only, the runtime's own seccomp profile, no host network, no host ports.
 *
 * Source: docs/concepts/security/pod-security-standards.md of the Kubernetes website.
 */
export const agentExceptions: readonly Exception[] = [
  {
    control: "HostPath Volumes, Volume Types",
    rules: ["PSS105", "PSS201"],
    reason:
      "logs of containers and figures of the machine are in its folders, mounted read-only; what waits to be sent is kept in a folder of the stack, since pods of a DaemonSet have no claims",
  },
  {
    control: "Running as Non-root, Running as Non-root user",
    rules: ["PSS203", "PSS204"],
    reason: "those folders belong to root, and no volume plugin gives them to another user",
  },
];
