import {
  fileLog,
  filter,
  hostMetrics,
  k8sAttributes,
  kubeletStats,
  otlpGrpc,
  resource,
} from "../../components/collector/parts";
import type { Processor, Receiver } from "../../components/collector/part";
import type { Pipelines } from "../../components/collector/pipeline";
import { agentNamespace, mainNamespace } from "../../components/platforms/kubernetes/objects";
import { countTruncatedLines, fitLines } from "../../components/logs/fit";
import type { Settings } from "../../configs/schema";
import { onDisk, received, toLogs, toPrometheus, type Surroundings } from "./parts";

/**
 * One Collector on every node: takes what services on it send, says which pod sent it, and keeps it on the node's disk
 * until the next hop has it. It measures the node, and reads the logs of its containers.
 */
export function agent(around: Surroundings): Pipelines {
  const { settings, next } = around;
  const receiver = received(around);
  const queue = onDisk(around);
  // Longer than a gateway tries by itself, which answers once a sampler has.
  const spans = otlpGrpc({ name: "gateway", to: next, queue, timeout: "30s" });
  const [points, lines] = [toPrometheus(around, queue), toLogs(around, queue)];
  const cut = countTruncatedLines();
  const isOnCluster = settings.platform === "kubernetes";
  const processors = isOnCluster ? [k8sAttributes({ ownNode: true })] : [];
  // A Docker host has one agent, and no name for it.
  const named = isOnCluster ? [nodeName] : [];
  const [node, ...others] = measuring(settings);
  return {
    traces: { receivers: [receiver], processors, exporters: [spans] },
    metrics: { receivers: [receiver], processors, exporters: [points] },
    // Agents cut lines of the same services: without a name of its own each would overwrite what the others have counted.
    "metrics/cut": { receivers: [cut], processors: named, exporters: [points] },
    ...(node && {
      "metrics/node": {
        receivers: [node, ...others],
        processors: measuresVolumes(settings) ? [...named, ownVolumes(settings)] : named,
        exporters: [points],
      },
    }),
    logs: { receivers: [receiver], processors: [...processors, fitLines()], exporters: [cut, lines] },
    ...(isOnCluster &&
      settings.agent.containerLogs && {
        "logs/containers": {
          receivers: [containerLogs(settings)],
          processors: [...processors, fitLines()],
          exporters: [cut, lines],
        },
      }),
  };
}

/** Whether somebody measures how full the volumes of the stack are. */
export const measuresVolumes = ({ platform, roles, agent }: Settings): boolean =>
  platform === "kubernetes" && roles.includes("agent") && agent.kubeletMetrics !== "off";

const measuring = (settings: Settings): Receiver<"metrics">[] => [
  ...(settings.agent.hostMetrics ? [hostMetrics()] : []),
  ...(measuresVolumes(settings)
    ? [
        kubeletStats({
          groups: ["node", "pod", "container", "volume"],
          verify: settings.agent.kubeletMetrics === "verified",
        }),
      ]
    : []),
];

/** Other volumes are their owners' affair, and too many. */
const ownVolumes = ({ name, kubernetes }: Settings): Processor<"metrics"> =>
  filter({
    name: "volumes",
    drop: {
      metrics: {
        resource: [
          `resource.attributes["k8s.volume.name"] != nil and resource.attributes["k8s.namespace.name"] != "${mainNamespace({ name, ...kubernetes })}"`,
        ],
      },
    },
  });

/** What the machine measures of itself does not say which one it is. */
const nodeName = resource({
  name: "node",
  attributes: [{ key: "k8s.node.name", action: "insert", fromVariable: "K8S_NODE_NAME" }],
});

/** Logs of all containers but those of agents: each line of theirs would make another one. */
const containerLogs = ({ name, kubernetes }: Settings): Receiver<"logs"> =>
  fileLog({
    name: "containers",
    folder: "/var/log/pods",
    include: ["/var/log/pods/*/*/*.log"],
    exclude: [`/var/log/pods/${agentNamespace({ name, ...kubernetes })}_*/*/*.log`],
    operators: [{ type: "container" }],
  });
