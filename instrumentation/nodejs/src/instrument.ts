import {
  registerInstrumentations,
  type Instrumentation,
  type InstrumentationModuleDefinition,
} from "@opentelemetry/instrumentation";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";
import { hookModules } from "./es-modules";
import { fastifyRoutes } from "./fastify-routes";
import { libraries } from "./libraries";

const load = createRequire(import.meta.url);

/** A package that is instrumented, and the versions for which it is. */
export interface Library {
  readonly name: string;
  readonly versions: readonly string[];
}

/** Patches libraries as they are loaded, by `require` and by `import`. */
export function instrument(env: NodeJS.ProcessEnv): Library[] {
  const [wanted, unwanted] = [listed(env, "ENABLED"), listed(env, "DISABLED")];
  const isOn = (name: string) => (wanted.length === 0 || wanted.includes(name)) && !unwanted.includes(name);
  const on = Object.entries(libraries).filter(([name]) => isOn(name) && (isMainThread || name !== "runtime-node"));
  const instrumentations: Instrumentation[] = on.map(([, make]) => make());
  const modules = instrumentations.flatMap(modulesOf);
  registerInstrumentations({ instrumentations });
  if (isOn("fastify")) fastifyRoutes();
  // They are loaded already: patched when they are asked for again, and then for named imports too.
  for (const name of ["node:http", "node:https"]) load(name);
  syncBuiltinESMExports();
  hookModules(modules.map(({ name }) => name));
  return modules.map(({ name, supportedVersions }) => ({ name, versions: supportedVersions }));
}

const listed = (env: NodeJS.ProcessEnv, which: "ENABLED" | "DISABLED"): string[] =>
  (env[`OTEL_NODE_${which}_INSTRUMENTATIONS`] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/** The packages an instrumentation patches, which it tells its base class alone. */
const modulesOf = (instrumentation: Instrumentation): InstrumentationModuleDefinition[] =>
  (instrumentation as unknown as { _modules?: InstrumentationModuleDefinition[] })._modules ?? [];
