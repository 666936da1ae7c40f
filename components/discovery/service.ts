/** How important a service is to its users. Source: OpenTelemetry semantic conventions, `service.criticality`. */
export const criticalities = ["critical", "high", "medium", "low"] as const;
export type Criticality = (typeof criticalities)[number];

/** What makes spans of a service today. */
export type Coverage = (typeof coverages)[number];
export const coverages = ["none", "passive", "automatic", "manual"] as const;

/** A service as it was found, before anybody ranks it. */
export interface FoundService {
  readonly name: string;
  readonly namespace?: string;
  /** Where it was found: a file, a cluster, an engine. */
  readonly source: string;
  /** What runs it: `nodejs`, `go`, `java`. @default - nothing says so */
  readonly runtime?: string;
  readonly image?: string;
  readonly replicas: number;
  /** Names under which others call it; its own is one of them. */
  readonly addresses: readonly string[];
  /** What opens it to callers outside: an Ingress, a published port. Empty for a service that is called from within alone. */
  readonly exposedBy: readonly string[];
  /** Texts in which it may name services that it calls: values of its environment, its arguments. */
  readonly mentions: readonly string[];
  /** @default "medium" */
  readonly criticality?: Criticality;
  readonly coverage: Coverage;
  /** A store or a queue, or a part of tracing itself: it makes no spans, and the calls to it are recorded by its clients. */
  readonly passive?: true;
}

/** Requests that reach a service, measured. */
export interface Traffic {
  /** Requests a second. */
  readonly rate: number;
  /** Share of them that fail, 0 to 1. */
  readonly errors: number;
}

/** One service calls another. */
export interface Call {
  readonly from: string;
  readonly to: string;
}
