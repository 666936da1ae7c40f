import { sentence, type Problem } from "../components/core/problems";

/** Something this machine lacks, or a tool that failed. Says what, why, and what to do about it. */
export class ToolchainError extends Error {
  override readonly name = "ToolchainError";

  constructor(readonly problem: Problem) {
    super(sentence(problem));
  }
}
