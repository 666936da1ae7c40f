import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import { inColumns } from "../columns";
import { confirm } from "../confirm";
import { deployedData } from "../deployed-data";
import { exitCodes } from "../exit-codes";
import { holderOf, named, type Held } from "../held";
import { openStack } from "../stack";

interface Options {
  readonly stack: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `sightline data`: volumes and claims, also those that the stack has left behind. */
export function dataCommand(): Command {
  const command = new Command("data").description("list data of a stack, and delete what it has left behind");
  command
    .command("list")
    .description("every volume or claim with data, and whether the stack has it or has left it behind")
    .option("-s, --stack <name>", "stack", "dev")
    .option("--json", "print it as JSON")
    .action(list);
  command
    .command("delete")
    .description("delete volumes or claims that the stack has left behind")
    .argument("<names...>", "names as `data list` has them")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .action(remove);
  return command;
}

/** A volume or claim, and whose it is. */
export type Data = Held & { readonly state: "of the stack" | "in use" | "left behind" };

/** Tells what a stack has from what it has left behind. */
export const dataFrom = (held: readonly Held[], deployed: Parameters<typeof named>[0][]): Data[] =>
  held
    .filter(({ data }) => data)
    .map((one) => ({
      ...one,
      state: deployed.map(named).includes(named(one)) ? "of the stack" : one.used === true ? "in use" : "left behind",
    }));

/**
 * The ones of these names.
 *
 * @throws Refusal for each that is not there, or not left behind
 */
export function chosen(names: readonly string[], data: readonly Data[]): readonly Data[] {
  const problems = names.flatMap((name) => {
    const found = data.find((one) => one.name === name);
    const refused = (reason: string, remedy: string) => [{ path: "data", value: name, reason, remedy }];
    if (found === undefined) return refused("there is no data of that name", "see `npm run sightline -- data list`");
    if (found.state === "left behind") return [];
    return refused(`it is ${found.state}`, "take the stack down, or give it another storage first");
  });
  refuse("arguments", problems);
  return data.filter(({ name }) => names.includes(name));
}

async function dataOf(name: string) {
  const holder = await holderOf(name);
  const stack = await openStack(name, console.error);
  return { holder, data: dataFrom(await holder.list(), await deployedData(stack)) };
}

async function list({ stack, json }: Options): Promise<void> {
  const { holder, data } = await dataOf(stack);
  const rows = data.map(({ name, kind, namespace = "", state }) => [name, kind, namespace, state]);
  if (json) console.log(JSON.stringify(data, null, 2));
  else if (rows.length === 0) console.log(`${holder.subject} holds no data of ${stack}`);
  else console.log(inColumns({ title: `Data of ${stack}`, headings: ["name", "kind", "namespace", "it is"], rows }));
}

async function remove(names: readonly string[], { stack, yes }: Options): Promise<void> {
  const { holder, data } = await dataOf(stack);
  const going = chosen(names, data);
  if (!yes && !(await confirm(`Delete ${going.map(named).join(", ")}, and all that is stored there?`))) {
    console.log("nothing was deleted");
    process.exitCode = exitCodes.failed.code;
    return;
  }
  await holder.delete(going);
  for (const one of going) console.log(`deleted ${named(one)}`);
}
