/** Where every copy of `@opentelemetry/api` 1.x finds what was registered. Source: api/src/internal/global-utils.ts. */
const registered = Symbol.for("opentelemetry.js.api.1");

/**
 * Lets a service with a newer minor of the API than this kit's record its own spans. A copy of the API takes what is
 * registered only where that is at least as new as itself, and would else record nothing, silently. Within one major
 * nothing is ever removed, so the kit's providers serve all of them.
 */
export function newerApis(): void {
  const globals = globalThis as Record<symbol, { version: string } | undefined>;
  const api = globals[registered];
  if (api !== undefined) globals[registered] = { ...api, version: "1.999.0" };
}
