import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Exec, Result } from "../../toolchain/exec";

export type Answer = Partial<Result> | ((args: readonly string[]) => Partial<Result>);

/** Programs that only exist in a table, keyed by how their command line begins; the longest match answers. */
export function scripted(answers: Readonly<Record<string, Answer>>): { exec: Exec; calls: string[] } {
  const calls: string[] = [];
  const exec: Exec = (file, args) => {
    const line = [file, ...args].join(" ");
    calls.push(line);
    const [match] = Object.keys(answers)
      .filter((key) => line.startsWith(key))
      .sort((a, b) => b.length - a.length);
    const answer = match === undefined ? { code: 127 } : answers[match]!;
    return Promise.resolve({
      code: 0,
      stdout: "",
      stderr: "",
      ...(typeof answer === "function" ? answer(args) : answer),
    });
  };
  return { exec, calls };
}

/** Gives every test of a suite an empty cache, and no Docker host of whoever runs it. */
export function emptyCache(): () => string {
  const before = { ...process.env };
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sightline-"));
    process.env["XDG_CACHE_HOME"] = folder;
    delete process.env["DOCKER_HOST"];
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });
  return () => join(folder, "sightline");
}
