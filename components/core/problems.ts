/** One thing wrong with what a user wrote. Reads as: `path: reason, got value; remedy`. */
export interface Problem {
  /** The setting or argument, as the user wrote it: `storage.retention`. */
  readonly path: string;
  /** What was found there. Left out where nothing was found, or where it is a secret. */
  readonly value?: unknown;
  /** What is wrong, in lower case. */
  readonly reason: string;
  /** What to write or do instead. */
  readonly remedy: string;
}

/** One problem as one line. */
export function sentence({ path, value, reason, remedy }: Problem): string {
  const got =
    value === undefined ? "" : `, got ${isOutput(value) ? "an Output, which is not known yet" : JSON.stringify(value)}`;
  return `${path}: ${reason}${got}; ${remedy}`;
}

/** Pulumi's own text of an Output is an essay. */
const isOutput = (value: unknown): boolean => typeof value === "object" && value !== null && "apply" in value;

/** Problems of a part, as seen from what holds it: `retention` becomes `storage.retention`. */
export const within = (path: string, problems: readonly Problem[] = []): Problem[] =>
  problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));

/** Refuses a description, with everything that is wrong with it. Nothing has been created when it is thrown. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    /** What is refused: `docker host "dev"`, `settings of stack "prod"`. */
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`${subject}: ${count}, nothing was created`, ...problems.map((p) => `  - ${sentence(p)}`)].join("\n"));
  }
}

/** Throws one {@link Refusal} with all problems, each said once, if there are any. */
export function refuse(subject: string, problems: readonly Problem[]): void {
  const distinct = [...new Map(problems.map((problem) => [sentence(problem), problem])).values()];
  if (distinct.length > 0) throw new Refusal(subject, distinct);
}
