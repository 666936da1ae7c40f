import type { Place } from "./node";

/**
 * How bad it is.
 * - error: the Collector does not start, or does not do what the file says.
 * - warning: data is lost in a fault that has to be expected, or strangers can read it.
 * - note: data can be lost where the power fails or a process is killed, or a name will go away.
 */
export type Severity = "error" | "warning" | "note";

/** One thing found in a file that somebody wrote. */
export interface Finding {
  /** Name of the rule: `queue-in-memory`. */
  readonly code: string;
  readonly severity: Severity;
  readonly at: Place;
  /** The setting, as the Collector names it: `exporters.otlp.sending_queue`. */
  readonly path: string;
  /** What was found there. Left out where nothing was, or where it may be a secret. */
  readonly value?: unknown;
  /** What is wrong, in lower case. */
  readonly reason: string;
  /** What to write or do instead. */
  readonly remedy: string;
}

/** One finding as one line: `agent.yaml:12:5: warning: exporters.otlp: reason; remedy [code]`. */
export function line({ code, severity, at, path, value, reason, remedy }: Finding): string {
  const got = value === undefined ? "" : `, got ${JSON.stringify(value)}`;
  return `${at.file}:${at.line}:${at.column}: ${severity}: ${path}: ${reason}${got}; ${remedy} [${code}]`;
}

/** By file in the order given, then by place. */
export function inOrder(files: readonly string[], findings: readonly Finding[]): Finding[] {
  const rank = (file: string): number => (files.includes(file) ? files.indexOf(file) : files.length);
  return [...findings].sort(
    (a, b) =>
      rank(a.at.file) - rank(b.at.file) ||
      a.at.file.localeCompare(b.at.file) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column ||
      a.code.localeCompare(b.code),
  );
}
