import { deployed } from "../instrumentation/policy/deployed";
import { composeServices } from "../instrumentation/written/compose";
import { runtimeOf, said, textsOf, type Recognise } from "./manifests";
import type { FoundService } from "./service";

/** Services of a compose file. What one depends on, it is taken to call. */
export const servicesInCompose = (file: unknown, source: string, recognise: Recognise): FoundService[] =>
  composeServices(file).flatMap(({ name, fields, container }) => {
    const workload = deployed("docker:index/container:Container", container);
    if (workload === undefined) return [];
    const { depends_on: dependsOn = [], ports, deploy } = fields;
    return {
      ...said(workload, name),
      source,
      replicas: Number((deploy as { replicas?: number } | undefined)?.replicas ?? 1),
      addresses: [...new Set([name, workload.name])],
      exposedBy: Array.isArray(ports) ? ports.flatMap(published) : [],
      mentions: [
        ...workload.containers.flatMap(textsOf),
        ...(Array.isArray(dependsOn) ? dependsOn.map(String) : Object.keys(dependsOn as object)),
      ],
      ...runtimeOf(workload, recognise),
    };
  });

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `{ published: 8080 }`; a port of the container alone gets one of the host, too. */
function published(port: unknown): string[] {
  if (typeof port === "object" && port !== null) {
    const { published } = port as { readonly published?: string | number };
    return published === undefined ? [] : [`port ${published}`];
  }
  const parts = String(port).split("/")[0]!.split(":");
  return [`port ${parts.at(-2) ?? parts.at(-1)!}`];
}
