import { fileLog, filter, hostMetrics, k8sAttributes, kubeletStats, resource } from "../collector/parts";
import type { Processor, Receiver } from "../collector/part";
import type { Pipelines } from "../collector/pipeline";
import { countTruncatedLines, fitLines } from "../logs/fit";
import { onDisk, toLogs, toPrometheus } from "./deliver";
import type { OwnNode, Stores, Waiting } from "./options";
import { redacted, redactions, type Redacting } from "./redact";

export interface NodeReaderOptions extends Redacting, Waiting, Stores {
  readonly node: OwnNode;
}

/** Whether volumes are measured. */
export const measuresVolumes = ({ cluster }: OwnNode): boolean =>
  cluster !== undefined && cluster.kubeletMetrics !== "off";

/** Whether anything of a node is read at all. */
export const readsNode = (node: OwnNode): boolean =>
  node.hostMetrics || measuresVolumes(node) || node.cluster?.containerLogs === true;

/**
 * One Collector beside the agent of every node: measures the node, and reads the logs of its containers. Nobody sends to it,
 * and it keeps what it has read on the node's disk until the stores have it.
 */
export function nodeReader(options: NodeReaderOptions): Pipelines {
  const { node } = options;
  const queue = onDisk(options);
  const points = toPrometheus(options, queue);
  const [first, ...others] = measuring(node);
  const own = { ...options, first: true };
  const cut = countTruncatedLines();
  const masked = redactions(own);
  return {
    ...(first && {
      metrics: {
        receivers: [first, ...others],
        processors: [...nodeName(node), ...ownVolumes(node)],
        exporters: [points],
      },
    }),
    ...(node.cluster?.containerLogs && {
      logs: {
        receivers: [containerLogs(node.cluster.agentNamespaces)],
        processors: [k8sAttributes({ ownNode: true }), fitLines(), ...redacted(own, "logs")],
        exporters: [cut, ...masked, toLogs(options, queue)],
      },
      "metrics/cut": { receivers: [cut, ...masked], processors: [whoReads, ...nodeName(node)], exporters: [points] },
    }),
  };
}

/** What the machine measures of itself does not say which one it is. A Docker host is one alone, and has no name for it. */
export const nodeName = ({ cluster }: OwnNode): Processor<"metrics">[] =>
  cluster
    ? [
        resource({
          name: "node",
          attributes: [{ key: "k8s.node.name", action: "insert", fromVariable: "K8S_NODE_NAME" }],
        }),
      ]
    : [];

/** The agent of the node counts lines of the same pods: each would overwrite what the other has counted. */
const whoReads = resource({
  name: "reader",
  attributes: [{ key: "service.instance.id", action: "upsert", fromVariable: "HOSTNAME" }],
});

const measuring = (node: OwnNode): Receiver<"metrics">[] => [
  ...(node.hostMetrics ? [hostMetrics()] : []),
  ...(measuresVolumes(node)
    ? [
        kubeletStats({
          groups: ["node", "pod", "container", "volume"],
          verify: node.cluster?.kubeletMetrics === "verified",
        }),
      ]
    : []),
];

/** Other volumes are their owners' affair, and too many. */
const ownVolumes = (node: OwnNode): Processor<"metrics">[] =>
  node.cluster === undefined || !measuresVolumes(node)
    ? []
    : [
        filter({
          name: "volumes",
          drop: {
            metrics: {
              resource: [
                `resource.attributes["k8s.volume.name"] != nil and resource.attributes["k8s.namespace.name"] != "${node.cluster.namespace}"`,
              ],
            },
          },
        }),
      ];

/** Logs of all containers but those that take log lines themselves. */
const containerLogs = (without: readonly string[]): Receiver<"logs"> =>
  fileLog({
    name: "containers",
    folder: "/var/log/pods",
    include: ["/var/log/pods/*/*/*.log"],
    exclude: without.map((namespace) => `/var/log/pods/${namespace}_*/*/*.log`),
    operators: [{ type: "container" }],
  });
