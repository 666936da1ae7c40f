/** What came of one check. */
export type Outcome =
  | { readonly state: "passed" }
  | { readonly state: "failed"; readonly why: string }
  /** It needs something this machine has not got. */
  | { readonly state: "skipped"; readonly why: string };

/** One question about the project that has a yes or a no. */
export interface Check {
  /** What is looked at: `dev/collector/config.yaml`. */
  readonly subject: string;
  /** Who looks: `otelcol-contrib validate`. */
  readonly by: string;
  run(): Promise<Outcome>;
}

export const passed: Outcome = { state: "passed" };
export const failed = (why: string): Outcome => ({ state: "failed", why });
export const skipped = (why: string): Outcome => ({ state: "skipped", why });
