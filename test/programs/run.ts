import assert from "node:assert/strict";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { record, type Recorded } from "../support/recorder";

const components = join(__dirname, "..", "..", "components");
const sources: Readonly<Record<string, string>> = { sightline: "index.ts", "sightline/describe": "describe.ts" };

// Programs of others import the package by its name.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier in sources ? join(components, sources[specifier]!) : specifier, context),
});

/** Each runs once in a process, as it does in its own. */
export const load = (program: string): unknown =>
  createRequire(__filename)(join(__dirname, "..", "types", "programs", `${program}.ts`));

/**
 * Runs a program of test/types/programs against an engine that creates nothing.
 *
 * @param secrets of its stack
 */
export function run(program: string, secrets: Readonly<Record<string, string>> = {}): Promise<readonly Recorded[]> {
  return record(() => {
    const config = Object.fromEntries(Object.entries(secrets).map(([key, value]) => [`sightline:${key}`, value]));
    pulumi.runtime.setAllConfig(config, Object.keys(config));
    load(program);
  });
}

/** Runs a program that is refused, and hands back what was registered all the same. */
export const refused = (program: string, error: RegExp): Promise<readonly Recorded[]> =>
  record(() => assert.throws(() => load(program), error));

/** Objects of one kind, by name. */
export const named = (seen: readonly Recorded[], kind: string): ReadonlyMap<string, Recorded> =>
  new Map(seen.filter(({ type }) => type.endsWith(`:${kind}`)).map((one) => [one.name, one]));
