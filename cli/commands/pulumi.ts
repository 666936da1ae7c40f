import { Command } from "commander";
import { openStack } from "../stack";

/** `sightline pulumi`: any Pulumi command on the state and settings that `up` uses. */
export function pulumiCommand(): Command {
  return new Command("pulumi")
    .description("run Pulumi on the same state and settings as up: sightline pulumi preview --expect-no-changes")
    .option("-s, --stack <name>", "stack", "dev")
    .passThroughOptions()
    .allowUnknownOption()
    .argument("<args...>", "arguments of Pulumi")
    .action(async (args: string[], { stack }: { stack: string }) => {
      const opened = await openStack(stack, console.error);
      process.exitCode = await opened.run(...args, ...(args[0] === "stack" ? ["--stack", stack] : []));
    });
}
