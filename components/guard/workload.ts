import { size } from "../collector/checks";
import { json } from "../core/config";
import { connectsTo } from "../core/platform";
import { goMemoryLimit, type Size } from "../core/units";
import type { AbsolutePath, Placement, Port, Workload } from "../core/workload";
import { images, type Release } from "../images";
import { guardConfig, guardPorts, memoryFor, type Guarded } from "./config";

export interface GuardArgs {
  /** The Collector behind it. */
  readonly collector: Guarded;
  /** @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** Numbers under which the outside reaches it. @default - 4317 and 4318 */
  readonly outside?: { readonly grpc: number; readonly http: number } | undefined;
  /** The Collector asks senders for a token, which is passed on to it. @default false */
  readonly asks?: boolean | undefined;
  /** @default - sixteen times the largest request, 128 MiB at least */
  readonly memory?: Size;
  /** As that of the Collector: on every node each stands before the one of its node. @default { replicas: 1 } */
  readonly placement?: Placement | undefined;
}

const file: AbsolutePath = "/etc/sightline-guard/config.json";

/**
 * What services send OTLP to, before the first Collector. It reads a request, measures what decoding it would take, and
 * passes on what fits, byte for byte; all else is refused with the limit and the value. A sender over its share, of
 * memory, connections or new services, is told to send again, and slows nobody else.
 *
 * A workload of its own: a container beside the Collector would share the network of a container on Docker, and lose it
 * whenever that one is started anew.
 */
export function guard(name: string, args: GuardArgs): Workload<keyof typeof guardPorts> {
  const {
    collector,
    image = images.guard,
    outside,
    asks = false,
    memory = memoryFor(collector.takes),
    placement,
  } = args;
  const open = (port: Port, outside?: number): Port => ({
    ...port,
    reach: "outside",
    ...(outside !== undefined && { outside }),
    ...(asks && { asks }),
  });
  return {
    name,
    component: "guard:Guard",
    image,
    args: [`-config=${file}`],
    env: { GOMEMLIMIT: goMemoryLimit(memory) },
    files: { [file]: { content: json(guardConfig(collector)) } },
    ports: {
      "otlp-grpc": open(guardPorts["otlp-grpc"], outside?.grpc),
      "otlp-http": open(guardPorts["otlp-http"], outside?.http),
      metrics: guardPorts.metrics,
    },
    ...connectsTo(collector.grpc, collector.http),
    health: { port: "metrics", path: "/" },
    memory,
    ...(placement !== undefined && { placement }),
    problems: [...size("memory", memory), ...size("collector.memory", collector.memory)],
  };
}
