import { join } from "node:path";
import { yaml } from "../../components/core/config";
import { certificateFile, keyFile } from "./certificates";
import { clusterDomain, clusterFolder, socketOf, wellKnown, type Node } from "./layout";

/** Image of the container that holds the namespaces of a pod. */
export const pauseImage = "docker.io/sightline/pause:1.0.0";

/** What the programs of a node read, keyed by file name in the node's folder. */
export const nodeFiles = (node: Node, plugins: string): Readonly<Record<string, string>> => ({
  "containerd.toml": containerd(node, plugins),
  "kubelet.yaml": kubelet(node),
  "cni/10-bridge.conflist": bridge(node),
});

/** Control group below which everything of a node's pods runs. */
export const cgroupOf = ({ name }: Node): string => `/sightline-${name}`;

const containerd = (node: Node, plugins: string): string => `version = 2
root = "${join(node.folder, "containerd")}"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.aufs"]

[grpc]
  address = "${socketOf(node)}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  # Without CAP_SYS_RESOURCE even root may not make a process less likely to be killed.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${plugins}"
    conf_dir = "${join(node.folder, "cni")}"
`;

const kubelet = (node: Node): string =>
  yaml({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: certificateFile("ca") },
    },
    authorization: { mode: "Webhook" },
    address: node.address,
    tlsCertFile: certificateFile(node.name),
    tlsPrivateKeyFile: keyFile(node.name),
    containerRuntimeEndpoint: `unix://${socketOf(node)}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: cgroupOf(node),
    enforceNodeAllocatable: [],
    failSwapOn: false,
    clusterDomain,
    clusterDNS: [wellKnown.dns],
    resolvConf: "/dev/null",
    volumePluginDir: join(node.folder, "volume-plugins"),
    // The disk is the machine's: what fills it is seldom the cluster.
    evictionHard: { "memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%" },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
  });

/** Network of a node's pods: a bridge of its own. It carries out no NetworkPolicy. */
const bridge = ({ pods, gateway }: Node): string =>
  JSON.stringify(
    {
      cniVersion: "0.4.0",
      name: "sightline",
      plugins: [
        {
          type: "bridge",
          bridge: "cni0",
          isGateway: true,
          hairpinMode: true,
          ipam: { type: "host-local", ranges: [[{ subnet: pods, gateway }]], routes: [{ dst: "0.0.0.0/0" }] },
        },
        { type: "portmap", capabilities: { portMappings: true } },
      ],
    },
    null,
    2,
  );

export const nodesFolder = (): string => clusterFolder("nodes");
