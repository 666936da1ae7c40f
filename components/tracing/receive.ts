import { basicAuth, bearerTokenAuth, k8sAttributes, otlp, resource } from "../collector/parts";
import type { Processor, Receiver, Signal } from "../collector/part";
import { ids } from "../collector/processors/ids";
import type { Size } from "../core/units";
import type { Receiving } from "./options";

/** What services send, or the Collector in front. */
export function received({ first, limits, outside, tokens, login, guarded = false }: Receiving): Receiver<Signal> {
  const largest: Size = `${limits.takes} MiB`;
  // Of several processes in a row, one that was just started would else wait for senders for ever. Collectors ask each 10 s.
  if (!first) {
    return otlp({
      largest,
      maxConnectionAge: "1m",
      pings: "5s",
      // Else whoever reaches one of these, as every process of a Docker host does, would need no token.
      ...(tokens && login && { auth: basicAuth({ kind: "server", name: "stack", ...login }) }),
    });
  }
  return otlp({
    largest,
    ...(guarded ? { metadata: true } : { reach: "outside", ...(outside && { outside }) }),
    ...(tokens && { auth: bearerTokenAuth({ tokens }) }),
  });
}

/** Every span has an id, from the first Collector on. */
export const withIds = ({ first }: Pick<Receiving, "first">): Processor<"traces">[] => (first ? [ids()] : []);

/** Where pods say which namespace of services they belong to: whoever may create them does, not what runs in them. */
const ofServices = { key: "resource.opentelemetry.io/service.namespace", attribute: "service.namespace" };

/**
 * Which pod sends, known by its address and by nothing that it says: what it says of namespaces, pods, nodes and what made
 * them is taken away first. Behind a guard the address is the one that the guard has found, since the connection is the
 * guard's. Of what has no address of its own, on the network of a node or behind a proxy, nothing is known then.
 */
export const whoSends = ({ guarded = false }: Receiving): Processor<Signal>[] => [
  {
    ...resource({
      name: "sender",
      attributes: [
        { pattern: claims, action: "delete" },
        ...(guarded
          ? [{ key: "k8s.pod.ip", action: "insert", fromContext: "metadata.x-sightline-sender" } as const]
          : []),
      ],
    }),
    stage: "identify",
  },
  k8sAttributes({ ownNode: true, annotations: [ofServices] }),
];

/** Names of a container and of a cluster are in no API that an address leads to, and stay. */
const claims =
  "^(k8s\\.(namespace|pod|node|deployment|replicaset|statefulset|daemonset|cronjob|job)\\.|service\\.namespace$)";
