import { volumeAvailable, volumeCapacity } from "../metrics";
import type { RuleGroups } from "../rule";

/** StatefulSets whose volumes, called `data`, the kubelet alone measures. */
export interface WatchedVolumes {
  /** Engines of storages: they fill what they are given. */
  readonly engines: readonly string[];
  /** Brokers, which delete what is oldest before a volume is full. */
  readonly brokers: readonly string[];
}

const podsOf = (workloads: readonly string[]) =>
  `k8s_volume_name="data",k8s_pod_name=~"(${workloads.join("|")})-[0-9]+"`;
/** A pod that has moved has figures of two nodes for a while. */
const smallest = (metric: string, workloads: readonly string[]) =>
  `min by (k8s_pod_name, k8s_volume_name) (${metric}{${podsOf(workloads)}})`;
const left = (workloads: readonly string[]) =>
  `${smallest(volumeAvailable, workloads)} / ${smallest(volumeCapacity, workloads)}`;
/** What no node tells of, by the name of its workload. */
const unmeasured = (workload: string) =>
  `label_replace(absent(${volumeAvailable}{${podsOf([workload])}}), "workload", "${workload}", "", "")`;

/** Room in the volumes of what has no figures of its own for Prometheus. */
export function volumeRules({ engines, brokers }: WatchedVolumes): RuleGroups {
  const all = [...engines, ...brokers];
  return [
    {
      name: "volumes",
      rules: [
        {
          alert: "VolumeLow",
          // Where OpenSearch and Elasticsearch put no more copies; from 0.05 on they refuse writes.
          expr: `${left(all)} < 0.15`,
          for: "10m",
          severity: "critical",
          summary: "{{ $value | humanizePercentage }} of the volume of {{ $labels.k8s_pod_name }} is free",
          description:
            "Raise its `size`: volumes grow in place if the storage class allows it. A shorter retention frees space in OpenSearch and Elasticsearch at the next run of the cleaner, in Cassandra once its tables are altered. OpenSearch and Elasticsearch refuse writes from 95 % on.",
        },
        ...(engines.length === 0
          ? []
          : [
              {
                alert: "VolumeFullTomorrow",
                // Files that are merged come and go: below half, a slope of hours says little.
                expr: `predict_linear((${smallest(volumeAvailable, engines)})[6h:5m], 86400) < 0 and ${left(engines)} < 0.5`,
                for: "1h" as const,
                severity: "warning" as const,
                summary:
                  "The volume of {{ $labels.k8s_pod_name }} will be full within a day at the rate of the last 6 hours",
                description:
                  "Raise its `size` now, or find what sends so much: the dashboard Services shows the requests, `sightline plan` the size they need.",
              },
            ]),
        {
          alert: "VolumeUnmeasured",
          expr: all.map(unmeasured).join(" or "),
          for: "30m",
          severity: "warning",
          summary: "No usage metrics for the volumes of {{ $labels.workload }}",
          description:
            "Their volume driver reports no usage, or no node reader runs on their nodes: its log has the answer of the kubelet. No other alert warns before they are full.",
        },
      ],
    },
  ];
}
