import { createHook } from "import-in-the-middle/create-hook.mjs";
import * as register from "import-in-the-middle/lib/register.js";
import { supportsSyncHooks } from "import-in-the-middle/supports-sync-hooks.mjs";
import * as module from "node:module";

/** Where the one copy of import-in-the-middle's register is found by the modules that it writes. */
const shared = Symbol.for("sightline.register");
const base = "file:///sightline/import-in-the-middle/";
const registerUrl = `${base}lib/register.js`;

/**
 * Lets `import` of these packages be patched, without a flag on the command line and without a file beside the kit:
 * hooks of the module loader that run on the same thread, and a register that is in memory.
 *
 * Node before 22.15, and 23, have no such hooks: there `import`ed packages go untraced, which the start line says.
 *
 * Source: module.registerHooks in Node's documentation; create-hook.mjs of import-in-the-middle 3.6.
 */
export function hookModules(names: readonly string[]): void {
  if (!hooksModules()) return;
  (globalThis as Record<symbol, unknown>)[shared] = register;
  const hook = createHook({ url: `${base}register-hooks.mjs` });
  hook.applyOptions({ include: [...new Set(names)].filter((name) => !module.isBuiltin(name)) });
  const exported = Object.keys(register).filter((name) => name !== "default");
  const source = `const shared = globalThis[Symbol.for("${shared.description}")];\n${exported
    .map((name) => `export const ${name} = shared.${name};`)
    .join("\n")}`;
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === registerUrl
        ? { url: specifier, shortCircuit: true, format: "module" }
        : hook.resolveSync(specifier, context, next),
    load: (url, context, next) =>
      url === registerUrl ? { format: "module", source, shortCircuit: true } : hook.loadSync(url, context, next),
  });
}

export const hooksModules = (): boolean => supportsSyncHooks();
