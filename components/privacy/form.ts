/** What is found by how it looks, wherever it stands. */
export interface Form {
  /** What it is counted as. */
  readonly rule: string;
  /** In RE2's syntax, as all below. */
  readonly pattern: string;
  /** What takes its place; `${1}` is its first group. */
  readonly mask: string;
  /**
   * Every text with the form in it matches one of these. They decide what redaction costs, since each text meets all of
   * them: one that begins with plain letters is found as fast as memory is read, one that begins with a class of
   * characters takes a step for each character.
   */
  readonly hints: readonly string[];
}
