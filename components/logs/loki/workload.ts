import { yaml } from "../../core/config";
import { goMemoryLimit } from "../../core/units";
import type { AbsolutePath, Workload } from "../../core/workload";
import { images } from "../../images";
import { argsProblems, type LogStoreArgs } from "../store";
import { data, lokiConfig, port } from "./config";

export const lokiPorts = { http: { port } } as const;

const config: AbsolutePath = "/etc/loki/config.yaml";

/**
 * Loki: keeps logs. They are sent to it over OTLP/HTTP at `/otlp`.
 *
 * Refuses a retention below a day: Loki removes whole days of its index.
 */
export function loki(name: string, args: LogStoreArgs): Workload<"http"> {
  const { image = images.loki, retention = "7d", size, outside, memory = "512 MiB" } = args;
  const wrong = argsProblems("Loki", { retention, size, memory });
  return {
    name,
    component: "logs:Loki",
    image,
    args: [`-config.file=${config}`],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    files: wrong.length > 0 ? {} : { [config]: { content: yaml(lokiConfig({ retention, memory })) } },
    volumes: { [data]: { kind: "persistent", name: "data", size, ownedByImage: true } },
    ports: { http: { port, ...(outside !== undefined && { reach: "outside", outside }) } },
    health: {
      port: "http",
      path: "/ready",
      command: ["/usr/bin/loki", "-health", `-health.url=http://127.0.0.1:${port}/ready`],
      // It reads its write-ahead log before it answers.
      startup: "5m",
    },
    memory,
    problems: wrong,
  };
}
