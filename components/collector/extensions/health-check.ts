import type { Extension } from "../part";

/** Port of the health check. Whatever watches over the process asks it, nobody else. */
export const healthPort = { health: { port: 13133, reach: "workload" } } as const;

/**
 * Answers 200 on `/` once all pipelines have started.
 *
 * Source: extension/healthcheckextension of the Collector's contrib repository.
 */
export const healthCheck = (): Extension => ({
  role: "extension",
  type: "health_check",
  config: { endpoint: `0.0.0.0:${healthPort.health.port}` },
  needs: { ports: healthPort },
});
