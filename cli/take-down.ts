import { ToolchainError } from "../toolchain/error";
import { deployedData } from "./deployed-data";
import { deployedState, isCutOff, runs } from "./deployed-state";
import { counted, named, type Held, type Holder } from "./held";
import { exists, type Stack } from "./stack";

/** What taking a stack down needs, and who is asked and told. */
export interface Scene {
  readonly stack: Pick<Stack, "name" | "run" | "read" | "ask">;
  readonly holder: Holder;
  readonly agree: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
  /** @default - it stays, and the next `up` finds it again */
  readonly deleteData: boolean;
}

/**
 * Takes down what the state knows; then, where data is to go, what Pulumi leaves wherever it is: data, also of storages
 * that the stack has had before.
 */
export async function takeDown({ stack, holder, agree, say, deleteData }: Scene): Promise<boolean> {
  const { name } = stack;
  const known = await deployedData(stack);
  const old = deleteData
    ? unknownTo(
        known.map(named),
        (await holder.list()).filter(({ data }) => data),
      )
    : [];
  const more = old.length === 0 ? "" : ` of now, and of before ${old.map(named).join(", ")}`;
  const question = deleteData
    ? `Take ${name} down and delete its traces, metrics and logs${more}?`
    : `Take ${name} down and keep its data?`;
  if (!(await agree(question))) {
    say(`stack ${name} was not taken down`);
    return false;
  }
  const kept = deleteData ? [] : known.flatMap(({ urn }) => ["--exclude", urn]);
  if ((await stack.run("destroy", "--yes", "--skip-preview", ...kept)) !== 0) return false;
  if (!deleteData) {
    const data = known.filter(({ kind }) => kind !== "namespace").map(named);
    if (data.length > 0) say(`kept: ${data.join(", ")}; ${deletes(name)} deletes them`);
    return true;
  }
  await holder.delete((await holder.list()).filter(isKept));
  return (await stack.run("stack", "rm", name, "--yes", "--preserve-config")) === 0;
}

const deletes = (name: string): string => `\`npm run down -- -s ${name} --delete-data ${name}\``;

/**
 * Takes down what bears the labels of a stack, and forgets its state. A stack that is up by a state without a cut is none of its
 * business: whoever asks for leftovers does not mean it.
 */
export async function clear({ stack, holder, agree, say, deleteData }: Scene): Promise<boolean> {
  const { name } = stack;
  const state = await deployedState(stack);
  if (runs(state) && !isCutOff(state)) {
    say(
      `nothing was deleted: stack ${name} is up, and \`npm run down -- -s ${name}\` takes it down. Where Pulumi says that it is ` +
        `locked, run \`npm run sightline -- pulumi cancel --yes --stack ${name}\` first`,
    );
    return false;
  }
  const held = await holder.list();
  const going = deleteData ? held : held.filter((one) => !isKept(one));
  for (const one of going) say(`${named(one)}${one.data ? ", with data" : ""}`);
  if (going.length === 0) say(`${holder.subject} holds nothing of ${name}${deleteData ? "" : " but data"}`);
  else if (!(await agree(`Delete all of these from ${holder.subject}?`))) {
    say("nothing was deleted");
    return false;
  } else await holder.delete(going);
  if (!(await exists(stack))) return true;
  // Whoever held the lock has nothing left to work on.
  await stack.ask("cancel", "--yes", "--stack", name);
  return (await stack.run("stack", "rm", name, "--yes", "--force", "--preserve-config")) === 0;
}

/** A stack that no state here knows may run all the same. */
export async function sayWhetherItRuns({ stack: { name }, holder, say }: Scene): Promise<boolean> {
  const held = await holder.list().catch((error: unknown) => {
    if (!(error instanceof ToolchainError)) throw error;
    say(`not asked whether something of it runs: ${error.message}`);
    return [];
  });
  if (held.length === 0) {
    say(`stack ${name} is not up`);
    return true;
  }
  say(
    `stack ${name} is not up by the Pulumi state here, and yet ${holder.subject} holds ${counted(held)} of it: ` +
      `use the Pulumi backend that made it, or delete them with \`npm run sightline -- down -s ${name} --leftovers\`, which keeps data`,
  );
  return false;
}

/** What no `pulumi destroy` takes: data, and on Kubernetes the namespace it is in. */
const isKept = ({ data, kind }: Held): boolean => data || kind === "namespace";

/** What is held beyond that of which the names are known. */
export const unknownTo = (names: readonly string[], held: readonly Held[]): readonly Held[] =>
  held.filter((one) => !names.includes(named(one)));
