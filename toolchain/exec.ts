import type { Readable } from "node:stream";
import { execa } from "execa";

/** How a program ended. A program that is not on the PATH ends with code 127, as in a shell. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: Readable;
  /** Milliseconds until the program is ended. @default - no limit */
  readonly timeout?: number;
  /** Milliseconds until the program is ended if it has not written a single line. @default - no limit */
  readonly silence?: number;
  /** Is given every line the program writes, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end and never throws. Tests give another one. */
export type Exec = (file: string, args: readonly string[], options?: ExecOptions) => Promise<Result>;

export const run: Exec = async (file, args, { env, cwd, input, timeout, silence, onLine } = {}) => {
  const abort = new AbortController();
  const patience = silence === undefined ? undefined : setTimeout(() => abort.abort(), silence);
  const heard = function* (line: unknown) {
    clearTimeout(patience);
    onLine?.(String(line));
    yield line;
  };
  const result = await execa(file, args, {
    reject: false,
    ...(input === undefined ? { stdin: "ignore" } : { input }),
    stdout: heard,
    stderr: heard,
    cancelSignal: abort.signal,
    ...(env && { env }),
    ...(cwd !== undefined && { cwd }),
    ...(timeout !== undefined && { timeout }),
  });
  clearTimeout(patience);
  const notFound = result.code === "ENOENT";
  const why = result.timedOut || result.isCanceled ? "no answer in time" : (result.originalMessage ?? "");
  return {
    code: notFound ? 127 : (result.exitCode ?? 1),
    stdout: String(result.stdout ?? ""),
    stderr: String(result.stderr ?? "") || why,
  };
};

/** What every function of the toolchain takes beside its subject. */
export interface Tools {
  /** Is told, in a sentence, about anything that takes long. @default - nobody is told */
  readonly report?: (line: string) => void;
  /** Is told what a long step does at this moment, in very many lines. @default - nobody is told */
  readonly progress?: (line: string) => void;
  /** @default - the machine's own programs */
  readonly exec?: Exec;
}
