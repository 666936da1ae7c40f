/** Something that Pod Security forbids at level `restricted`, and that what reads files of a node does all the same. */
export interface Exception {
  /** The control, as the Pod Security Standards call it. */
  readonly control: string;
  /** Its rules in Monokle. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/**
 * All that what reads files of a node may do beyond `restricted`. Everything else holds for it as well: no root, no capabilities, no way to
 * more rights, a root file system that is read-only, the runtime's own seccomp profile, no host network, no host ports.
 *
 * Source: docs/concepts/security/pod-security-standards.md of the Kubernetes website.
 */
export const nodeExceptions: readonly Exception[] = [
  {
    control: "HostPath Volumes, Volume Types",
    rules: ["PSS105", "PSS201"],
    reason: "logs of containers and figures of the machine are in its files, mounted read-only",
  },
];
