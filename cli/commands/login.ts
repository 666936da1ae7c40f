import { Command } from "commander";
import { exists, notUp, openStack, outputsOf, type Stack } from "../stack";

/** `sightline login`: prints what the stores of a stack ask for. */
export function loginCommand(): Command {
  return new Command("login")
    .description("print user:password of Jaeger, Prometheus, Alertmanager and VictoriaLogs, as curl --user takes it")
    .option("-s, --stack <name>", "stack", "dev")
    .action(async ({ stack: name }: { stack: string }) => console.log(await loginOf(await openStack(name))));
}

/**
 * What the stores of a stack ask for, as `user:password`.
 *
 * @throws Refusal where it is not up: the next `up` makes another password
 */
export async function loginOf(stack: Pick<Stack, "name" | "read" | "ask">): Promise<string> {
  const outputs = (await exists(stack)) ? await outputsOf(stack) : undefined;
  const { storesUser, storesPassword } = (outputs?.["credentials"] ?? {}) as Record<string, string>;
  if (storesUser === undefined || storesPassword === undefined) throw notUp(stack.name);
  return `${storesUser}:${storesPassword}`;
}
