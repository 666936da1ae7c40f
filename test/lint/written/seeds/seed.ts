/** A change of the path without a fault, and all that is found then. */
export interface Seed {
  readonly code: string;
  readonly file: string;
  readonly was: string;
  readonly is: string;
  /** What has to change as well, so that nothing else is wrong. */
  readonly and?: readonly [was: string, is: string];
  readonly version?: number;
  readonly found: readonly string[];
}
