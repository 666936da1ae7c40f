import { still, type Scenario, type Series } from "./series";

/** Bytes left in the volume of a pod, of a thousand. */
const volume = (pod: string, left: string, name = "data"): Series => {
  const labels = `k8s_namespace_name="tracing",k8s_node_name="a",k8s_pod_name="${pod}",k8s_volume_name="${name}"`;
  return {
    [`k8s_volume_available_bytes{${labels}}`]: left,
    [`k8s_volume_capacity_bytes{${labels}}`]: left.replace(/^.*x/, "1000x"),
  };
};
const labels = { k8s_pod_name: "opensearch-1", k8s_volume_name: "data" };

/** Scenarios of alerts on volumes that nothing but the kubelet measures. */
export const volumeScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  VolumeLow: [
    {
      fires: { ...volume("opensearch-1", still(140)), ...volume("opensearch-0", still(160)) },
      quiet: {
        ...volume("opensearch-1", still(150)),
        // They watch their disk themselves, and a folder for scratch is the disk of the node.
        ...volume("prometheus-0", still(10)),
        ...volume("opensearch-0", still(10), "scratch-1"),
      },
      labels,
      value: "14%",
    },
  ],
  VolumeFullTomorrow: [
    {
      fires: { ...volume("opensearch-1", "450-0.1x800"), ...volume("opensearch-0", "450-0.01x800") },
      // One fills slowly, one has more than half left, and a broker deletes what is oldest.
      quiet: {
        ...volume("opensearch-1", "450-0.05x800"),
        ...volume("opensearch-0", "900-0.3x800"),
        ...volume("kafka-0", "450-0.1x800"),
      },
      labels,
      value: "-198",
      at: "3h",
    },
  ],
  VolumeUnmeasured: [
    {
      fires: { ...volume("opensearch-1", still(500)), ...volume("kafka-0", still(500), "scratch-1") },
      quiet: { ...volume("opensearch-1", still(500)), ...volume("kafka-0", still(500)) },
      labels: { k8s_volume_name: "data", workload: "kafka" },
      value: "1",
      at: "30m",
    },
  ],
};
