import { createInterface } from "node:readline/promises";

/** Where questions are asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

const here = (): Terminal => ({ input: process.stdin, output: process.stderr });

/** Asks on the terminal; no where there is nobody to ask. Says what to type where the answer is not yes. */
export const confirm = (question: string, terminal = here()): Promise<boolean> =>
  ask(`${question} [y/N] `, "y", /^y(es)?$/i, terminal);

/** Asks for a name to be typed in, for what cannot be undone. */
export const confirmName = (question: string, name: string, terminal = here()): Promise<boolean> =>
  ask(`${question} Type ${name} to do it: `, name, name, terminal);

async function ask(question: string, wanted: string, yes: string | RegExp, { input, output }: Terminal) {
  const say = (line: string) => void output.write(`${line}\n`);
  if (!input.isTTY) {
    say(`${question.trim()} No terminal to answer: pass --yes.`);
    return false;
  }
  const terminal = createInterface({ input, output });
  // A terminal that is closed, by Ctrl-C or Ctrl-D, answers nothing: the question alone would wait for ever.
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    const answer = (await Promise.race([terminal.question(question), closed])).trim();
    if (typeof yes === "string" ? answer === yes : yes.test(answer)) return true;
    say(`The answer was ${answer === "" ? "empty" : JSON.stringify(answer)}: type ${wanted} to agree, or pass --yes.`);
    return false;
  } finally {
    terminal.close();
  }
}
