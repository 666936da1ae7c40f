/** Something that an engine or a cluster holds of a stack, found by its labels. */
export interface Held {
  /** As the platform calls it: `container`, `volume`, `persistentvolumeclaim`. */
  readonly kind: string;
  readonly name: string;
  /** @default - it is in none */
  readonly namespace?: string;
  /** Whether traces, metrics, logs or spans on their way are stored in it. */
  readonly data: boolean;
  /** Whether a process has it open. */
  readonly used?: boolean;
}

/** An engine or a cluster, asked without any Pulumi state. */
export interface Holder {
  /** What stands in sentences: `docker engine unix:///var/run/docker.sock`. */
  readonly subject: string;
  /**
   * Everything of one stack, in an order in which it can be deleted.
   *
   * @throws ToolchainError where nobody answers
   */
  list(): Promise<readonly Held[]>;
  /**
   * Deletes some of it.
   *
   * @throws ToolchainError with what was not deleted, and why
   */
  delete(held: readonly Held[]): Promise<void>;
}

/** How people see one: `volume sightline-dev-jaeger-badger`. */
export const named = ({ kind, name, namespace }: Pick<Held, "kind" | "name" | "namespace">): string =>
  `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;

/** How many of each kind: `3 containers, 1 volume`. */
export function counted(held: readonly Held[]): string {
  const kinds = Map.groupBy(held, ({ kind }) => kind);
  return [...kinds].map(([kind, all]) => `${all.length} ${kind}${all.length === 1 ? "" : "s"}`).join(", ");
}
