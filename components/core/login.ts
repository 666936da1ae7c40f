import type { Secret } from "./workload";

/**
 * Who programs of a stack say they are to each other, by HTTP basic authentication: one user, in each form that one of the
 * programs takes. None of the forms can be made from another one here, where values are not known.
 */
export interface Login {
  /** Without a colon. */
  readonly username: string;
  /** Letters and digits alone: some programs read it from a line with marks of its own. */
  readonly password: Secret;
  /** `Basic …`: the header `authorization`. */
  readonly header: Secret;
  /** What `--web.config.file` of Prometheus and Alertmanager reads, with a bcrypt hash of the password. */
  readonly webConfig: Secret;
}
