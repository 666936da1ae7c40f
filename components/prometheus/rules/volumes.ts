import { volumeAvailable, volumeCapacity } from "../metrics";
import type { RuleGroups } from "../rule";

/**
 * Room in the volumes of what has no figures of its own for Prometheus: engines of storages, brokers.
 *
 * @param workloads names of StatefulSets
 */
export function volumeRules(workloads: readonly string[]): RuleGroups {
  const pods = `k8s_pod_name=~"(${workloads.join("|")})-[0-9]+"`;
  const of = (metric: string) => `min by (k8s_pod_name, k8s_volume_name) (${metric}{${pods},k8s_volume_name="data"})`;
  const left = `${of(volumeAvailable)} / ${of(volumeCapacity)}`;
  const tomorrow = `min by (k8s_pod_name, k8s_volume_name) (predict_linear(${volumeAvailable}{${pods},k8s_volume_name="data"}[6h], 86400))`;
  return [
    {
      name: "volumes",
      rules: [
        {
          alert: "VolumeLow",
          // Where OpenSearch and Elasticsearch put no more copies; from 0.05 on they refuse writes.
          expr: `${left} < 0.15`,
          for: "10m",
          severity: "critical",
          summary: "{{ $value | humanizePercentage }} of the volume of {{ $labels.k8s_pod_name }} is left",
          description:
            "Give it more: raise its `size`, which grows volumes in place where the storage class allows it, or add nodes. A shorter retention frees space with the next run of its jobs. OpenSearch and Elasticsearch refuse writes from 95 % on.",
        },
        {
          alert: "VolumeFullTomorrow",
          // Files that are merged come and go: below half, a slope of hours says little.
          expr: `${tomorrow} < 0 and ${left} < 0.5`,
          for: "1h",
          severity: "warning",
          summary: "At the pace of the last six hours the volume of {{ $labels.k8s_pod_name }} is full within a day",
          description:
            "Raise its `size` now, or see what sends so much: the dashboard Services has the requests, and `sightline plan` the size for them.",
        },
      ],
    },
  ];
}
