import { Command } from "commander";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { holderOf } from "../held";
import { exists, openStack } from "../stack";
import { clear, sayWhetherItRuns, takeDown } from "../take-down";

interface Options {
  readonly stack: string;
  readonly yes?: true;
  readonly keepData?: true;
  readonly leftovers?: true;
}

/** `sightline down`: takes a stack away. */
export function downCommand(): Command {
  return new Command("down")
    .description("take a stack down: everything that runs and, unless told otherwise, its data")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .option("--keep-data", "keep volumes and claims; the next up finds traces, metrics and logs again")
    .option("--leftovers", "go by the labels on engine or cluster alone, where the state is lost or an up was cut off")
    .action(down);
}

async function down({ stack: name, yes, keepData, leftovers }: Options): Promise<void> {
  const stack = await openStack(name, console.error);
  const way = leftovers ? clear : (await exists(stack)) ? takeDown : sayWhetherItRuns;
  const done = await way({
    stack,
    holder: await holderOf(name),
    agree: yes ? () => Promise.resolve(true) : confirm,
    say: (line) => console.log(line),
    keepData: keepData === true,
  });
  process.exitCode = done ? exitCodes.done.code : exitCodes.failed.code;
}
