import { healthPort } from "../../collector/extensions/health-check";
import type { Extension } from "../../collector/part";

/**
 * Answers 200 on `/status` when every part has started.
 *
 * Source: extension/healthcheckv2extension of the Collector's contrib repository.
 */
export const healthCheck: Extension = {
  role: "extension",
  type: "healthcheckv2",
  config: { use_v2: true, http: { endpoint: `0.0.0.0:${healthPort.health.port}` } },
  needs: { ports: healthPort },
};
