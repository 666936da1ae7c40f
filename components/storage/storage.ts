import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import type { Needs } from "../core/workload";

/** A place where Jaeger keeps traces, as a value: all that Jaeger has to know about it. */
export interface TraceStorage {
  /** Jaeger's own word for it: `badger`. */
  readonly kind: string;
  /** Body of `jaeger_storage.backends.<name>.<kind>`. Secrets in it are references, `${env:NAME}`. */
  readonly config: Config;
  /** What it asks of the process that opens it: a volume, the secrets its config refers to, a neighbour. */
  readonly needs?: Needs;
  /** Whether several Jaeger processes may open it at once. */
  readonly shared: boolean;
  /** What it cannot take, so that whoever sends can cut it down first. @default - nothing is known to be refused */
  readonly limits?: StorageLimits;
  readonly problems?: readonly Problem[];
}

/**
 * Longest texts that can be stored. Beyond them a store answers "try again" for ever, and a sender that never gives up
 * waits behind that one span for ever.
 */
export interface StorageLimits {
  /**
   * Bytes of any one text: an attribute's value as text (a list or map as its JSON, bytes as hexadecimal digits) of a
   * span, event or resource; the name of a span, event, scope or service; status message; trace state.
   */
  readonly textBytes: number;
}
