import type { Processor, Signal } from "../collector/part";
import { countRedacted, redact, redacts, type Privacy } from "../privacy";
import type { Receiving } from "./options";

/** What is taken out of what services send. */
export interface Redacting {
  readonly privacy: Privacy;
}

/** The first Collector takes it out: no other one, no disk and no store sees it. */
export const redacted = ({ first, privacy }: Receiving & Redacting, signal: Signal): Processor<Signal>[] =>
  first ? redact(privacy, signal) : [];

/** Counts what was masked, where anything is. */
export const redactions = ({ first, privacy }: Receiving & Redacting) =>
  first && redacts(privacy) ? [countRedacted()] : [];
