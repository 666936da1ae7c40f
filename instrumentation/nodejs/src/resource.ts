import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  type Resource,
} from "@opentelemetry/resources";
import type { Service } from "./service";

/**
 * What is never told of a process: command lines hold secrets, and the owner is nobody's affair.
 *
 * Source: registry of process attributes in the OpenTelemetry semantic conventions.
 */
const private_ = ["process.command", "process.command_args", "process.command_line", "process.owner"];

/**
 * Who sends: `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` come first, then the package of the service, then what is
 * detected of process, host and operating system.
 */
export function resourceOf({ name, version }: Service, env: NodeJS.ProcessEnv): Resource {
  const detected = detectResources({
    detectors: [hostDetector, osDetector, processDetector, serviceInstanceIdDetector],
  });
  const packaged = resourceFromAttributes({
    ...(name !== undefined && { "service.name": name }),
    ...(version !== undefined && { "service.version": version }),
  });
  const given = detectResources({ detectors: [envDetector] });
  const { attributes } = defaultResource().merge(detected).merge(packaged).merge(given);
  const told = Object.entries(attributes).filter(([key]) => !private_.includes(key));
  const chosen = env["OTEL_SERVICE_NAME"];
  return resourceFromAttributes({ ...Object.fromEntries(told), ...(chosen && { "service.name": chosen }) });
}
