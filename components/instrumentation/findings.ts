import { Refusal, type Problem } from "../core/problems";

/** What is found in a description. Parts of it that are outputs are read when the description is long made. */
export class Findings {
  readonly problems: Problem[] = [];
  /** What is told and refuses nothing. */
  readonly notes: Problem[] = [];
  #made = false;

  /** @param existing what becomes of variables that say otherwise than tracing: they are refused, or stay and are told of */
  constructor(
    private readonly subject: string,
    private readonly existing: "refused" | "stays" = "refused",
  ) {}

  refuse(problem: Problem): void {
    if (!this.#made) this.problems.push(problem);
    // Nobody reads the list any more: the resource that waits for this value is refused by itself.
    else if (this.existing === "refused") throw new Refusal(this.subject, [problem]);
  }

  /** A variable that is there says otherwise than tracing. */
  contradict(problem: Problem): void {
    if (this.existing === "refused") this.refuse(problem);
    else this.tell({ ...problem, reason: `stays as it is: ${problem.reason}` });
  }

  tell(note: Problem): void {
    if (!this.#made) this.notes.push(note);
  }

  /** The description is made: from here on a problem is thrown. */
  made(): void {
    this.#made = true;
  }
}
