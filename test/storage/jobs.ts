import assert from "node:assert/strict";
import { basename } from "node:path";
import { execa } from "execa";
import type { Step, Workload } from "../../components/core/workload";
import { obtain } from "../binaries/obtain";

const programs = {
  "es-rollover": "jaeger-es-rollover",
  "es-index-cleaner-linux": "jaeger-es-index-cleaner",
} as const;

/** Runs a job once, or a step, to its end: with the arguments and variables it is described with, and no others. */
export async function runToEnd({ name, command = [""], args = [], env = {} }: Workload | Step): Promise<string> {
  const program = programs[basename(command[0]) as keyof typeof programs];
  const { [program]: binary } = await obtain(program);
  const variables = Object.entries(env).map(([key, value]) => [
    key,
    typeof value === "string" ? value : String(value.secret),
  ]);
  const { exitCode, all } = await execa(binary, args, {
    env: Object.fromEntries(variables) as Record<string, string>,
    extendEnv: false,
    all: true,
    reject: false,
  });
  assert.equal(exitCode, 0, `${name}: ${all}`);
  return all;
}
