import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import { confirm, confirmName } from "../confirm";
import { exitCodes } from "../exit-codes";
import { holderOf } from "../held";
import { exists, openStack } from "../stack";
import { clear, sayWhetherItRuns, takeDown } from "../take-down";

interface Options {
  readonly stack: string;
  readonly yes?: true;
  readonly deleteData?: string;
  readonly leftovers?: true;
}

/** `sightline down`: takes a stack away. */
export function downCommand(): Command {
  return new Command("down")
    .description("take a stack down: everything that runs; its data stays unless told otherwise")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .option(
      "--delete-data <stack>",
      "delete its traces, metrics and logs too: the name once more, and typed in again without --yes",
    )
    .option("--leftovers", "go by the labels on engine or cluster alone, where the state is lost or an up was cut off")
    .action(down);
}

async function down({ stack: name, yes, deleteData, leftovers }: Options): Promise<void> {
  refuseOther(name, deleteData);
  const stack = await openStack(name, console.error);
  const way = leftovers ? clear : (await exists(stack)) ? takeDown : sayWhetherItRuns;
  const done = await way({
    stack,
    holder: await holderOf(name),
    agree: yes
      ? () => Promise.resolve(true)
      : deleteData === undefined
        ? confirm
        : (question) => confirmName(question, name),
    say: (line) => console.log(line),
    deleteData: deleteData !== undefined,
  });
  process.exitCode = done ? exitCodes.done.code : exitCodes.failed.code;
}

/**
 * Data of a stack is not deleted by a slip of the hand.
 *
 * @throws Refusal where the name of another stack is given
 */
export const refuseOther = (stack: string, deleteData: string | undefined): void =>
  refuse(
    "arguments",
    deleteData === undefined || deleteData === stack
      ? []
      : [
          {
            path: "--delete-data",
            value: deleteData,
            reason: `the stack to take down is ${stack}`,
            remedy: `write --delete-data ${stack}, or remove the flag to keep the data`,
          },
        ],
  );
