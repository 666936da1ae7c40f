import { createInterface } from "node:readline/promises";

/** Asks on the terminal; no where there is nobody to ask. */
export const confirm = (question: string): Promise<boolean> =>
  ask(`${question} [y/N] `, (answer) => /^y(es)?$/i.test(answer));

/** Asks for a name to be typed in, for what cannot be undone. */
export const confirmName = (question: string, name: string): Promise<boolean> =>
  ask(`${question} Type ${name} to do it: `, (answer) => answer === name);

async function ask(question: string, isYes: (answer: string) => boolean): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error(`${question.trim()} Nobody can answer here: pass --yes.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return isYes((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
