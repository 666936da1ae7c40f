import type { Problem } from "../../core/problems";
import type { Deployed } from "./deployed";

/** Annotation, or label on Docker, that says until when and why a workload may go untraced. */
export const exceptionKey = "sightline.dev/untraced";

/** What an exception has to say. */
export const exceptionForm = "until YYYY-MM-DD: why";

/**
 * Whether a workload is excused, and what is wrong with the exception where it is not.
 *
 * @param today - `2026-11-27`
 */
export function exception(
  { annotations }: Deployed,
  today: string,
): { readonly excused: boolean; readonly problem?: Problem } {
  const value = annotations[exceptionKey];
  if (value === undefined) return { excused: false };
  const path = `annotations["${exceptionKey}"]`;
  const [, until, why] = /^until (\d{4}-\d{2}-\d{2}): *(\S.*)$/.exec(value) ?? [];
  if (until === undefined || why === undefined || Number.isNaN(Date.parse(until))) {
    const remedy = `write "${exceptionForm}"`;
    return { excused: false, problem: { path, value, reason: "the exception has no end date or no reason", remedy } };
  }
  if (until < today) {
    const remedy = "instrument the service, or agree on a new end date";
    return { excused: false, problem: { path, value, reason: `the exception ended on ${until}`, remedy } };
  }
  return { excused: true };
}
