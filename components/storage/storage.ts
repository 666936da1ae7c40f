import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import type { Duration } from "../core/units";
import type { Version } from "../core/version";
import type { Needs, Workload } from "../core/workload";

/** A place where Jaeger keeps traces, as a value: all that Jaeger has to know about it. */
export interface TraceStorage {
  /** Jaeger's own word for it: `badger`. */
  readonly kind: string;
  /**
   * Body of `jaeger_storage.backends.<name>.<kind>`; a function where keys depend on Jaeger's version. Secrets in it are
   * references, `${env:NAME}`.
   */
  readonly config: Config | ((jaeger: Version) => Config);
  /** The same for a place apart, with the traces that people keep by hand. @default - there is none */
  readonly archive?: TraceStorage["config"];
  /** What it asks of the process that opens it: a volume, the secrets its config refers to, a way to what is outside. */
  readonly needs?: Needs;
  /** The nodes that it is kept on, where they are the stack's own. @default - somebody else runs it, or it is part of Jaeger */
  readonly engines?: readonly Workload[];
  /** What runs beside it again and again: deletes old data, say. @default - it looks after itself */
  readonly jobs?: readonly Workload[];
  /** Whether several Jaeger processes may open it at once. */
  readonly shared: boolean;
  /** Oldest Jaeger that can open it as it is configured. @default - every one this library writes configuration for */
  readonly since?: Version;
  /** Feature gates without which Jaeger does not open it. @default - none */
  readonly gates?: readonly Gate[];
  /** What can be asked of it. @default - nobody knows: it belongs to somebody else */
  readonly search?: Search;
  /** How long a trace can be found. @default - time alone removes none */
  readonly retention?: Duration;
  /** What it cannot take, so that whoever sends can cut it down first. @default - nothing is known to be refused */
  readonly limits?: StorageLimits;
  /** What works and may still lose traces or cost more than expected. */
  readonly warnings?: readonly Warning[];
  readonly problems?: readonly Problem[];
}

/** A feature gate of Jaeger: releases from `before` on no longer want it, and later ones no longer know it. */
export interface Gate {
  readonly id: string;
  readonly before: Version;
}

/** Something to know before it happens. */
export interface Warning extends Problem {
  /** Jaegers from this one on do better. @default - it is true of all */
  readonly before?: Version;
}

/** What comes back: the traces, an error that says why not, or nothing although there are such traces. */
export type Answer = "found" | "refused" | "nothing";

/**
 * What a storage answers. Each question has a time range; where nothing else is said it names a service, and perhaps an
 * operation, which every storage can. A trace is found by its id in all of them.
 */
export interface Search {
  /** Spans with an attribute of some value: their own, or their resource's. */
  readonly attribute: Answer;
  /** Spans with an event that has such an attribute. */
  readonly eventAttribute: Answer;
  /** Spans that failed, asked for as Jaeger's page does: `error=true`. */
  readonly failure: Answer;
  /** Spans that took so long. */
  readonly duration: Answer;
  readonly attributeAndDuration: Answer;
  /** Traces of any service. */
  readonly withoutService: Answer;
  /** Longest value of an attribute that it is found by; longer ones are kept whole. @default - any length */
  readonly longestValue?: number;
  /** Which services call which: from the traces as it is asked, written by a job beside it, or not at all. */
  readonly dependencies: "from traces" | "by a job" | "none";
}

/**
 * What can be stored. Beyond it a store answers "try again" for ever, and a sender that never gives up waits behind that
 * one span for ever; or it answers that it has a span, and drops it.
 */
export interface StorageLimits {
  /**
   * Bytes of any one text: an attribute's value as text (a list or map as its JSON, bytes as hexadecimal digits) of a
   * span, event or resource; the name of a span, event, scope or service; status message; trace state.
   *
   * @default - any length
   */
  readonly textBytes?: number;
  /** Bytes of the name of a span, and of that of a service. @default - as any other text */
  readonly nameBytes?: number;
  /** Events of one span. @default - any number */
  readonly events?: number;
  /** Attributes of one span. @default - any number */
  readonly attributes?: number;
  /** The name of a service has to be UTF-8. @default - any bytes */
  readonly utf8?: true;
  /** Spans of one request, so that it is answered before its sender gives up and sends it again. @default - thousands */
  readonly spansPerRequest?: number;
  /** How far from the present a span may begin. @default - any time */
  readonly times?: { readonly past: Duration; readonly future: Duration };
}
