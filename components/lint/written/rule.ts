import type { Finding, Severity } from "../../path/read/finding";
import { pathOf, placeOf, type Component } from "../../path/read/collector";
import type { Written } from "../../path/read/written";

/** One thing that can be wrong with configuration that others wrote. */
export interface Rule {
  readonly code: string;
  /** How bad it is, unless a finding says otherwise. */
  readonly severity: Severity;
  /** What it finds, as docs/lint.md says it. */
  readonly finds: string;
  find(written: Written): readonly Found[];
}

export type Found = Omit<Finding, "code" | "severity"> & { readonly severity?: Severity };

/** A finding about a setting of a component. Points to the setting, else to what was written nearest to it. */
export const about = (
  component: Component,
  path: readonly string[],
  said: Pick<Found, "value" | "reason" | "remedy" | "severity">,
): Found => ({ at: placeOf(component, ...path), path: pathOf(component, ...path), ...said });
