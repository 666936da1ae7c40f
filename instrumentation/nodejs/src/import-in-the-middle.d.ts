declare module "import-in-the-middle/create-hook.mjs" {
  import type { LoadHookSync, ResolveHookSync } from "node:module";
  export function createHook(options: { url: string }): {
    applyOptions(options: { include: (string | RegExp)[] }): void;
    resolveSync: ResolveHookSync;
    loadSync: LoadHookSync;
  };
}
declare module "import-in-the-middle/supports-sync-hooks.mjs" {
  export function supportsSyncHooks(): boolean;
}
declare module "import-in-the-middle/lib/register.js" {
  const register: Record<string, unknown>;
  export = register;
}
