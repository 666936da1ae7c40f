import { edgeRequests, prometheusSeries, roomForEdges, roomForSeries, spanCalls, spanCallsFolded } from "../metrics";
import type { RuleGroup, RuleGroups } from "../rule";
import { grew } from "./counters";

/** What the processes of a stack have room for. */
export interface NameRoom {
  /** Services with series of span metrics. */
  readonly services: number;
  /** Edges of the service graph, those of each process that makes one. */
  readonly edges: number;
  /** Traces that wait for their decision in one process. */
  readonly traces: number;
  /** Series in Prometheus. @default - nobody counts them */
  readonly series?: number;
}

/** Share of the room at which somebody is told. */
const early = 0.8;

/** How often each name of the service that an alert is about was sent, now or before. */
const names = (before = "") =>
  `sum by (span_name) (${spanCalls}{service_name=%[1]q,otel_metric_overflow=\\"\\"}${before})`;
/** A rare name, and a new one where there is one: most of a flood's names are both. */
const example = `{{ with printf "bottomk(1, ${names()} unless ${names(" offset 10m")}) or bottomk(1, ${names()})" $labels.service_name | query }}{{ . | first | label "span_name" }}{{ end }}`;

/** A value that a label has now and did not have ten minutes ago; none where there is no such value. */
const newest = (metric: string, label: string) =>
  `{{ with query "group by (${label}) (${metric}) unless group by (${label}) (${metric} offset 10m)" }} One of the newest is "{{ . | first | label "${label}" }}".{{ end }}`;

/** Metric and service with the most series. Asked only while the alert is active, once a minute. */
const largest = `{{ with query "topk(1, count by (service_name, __name__) ({service_name!=''}))" }} Most are of metric "{{ . | first | label "__name__" }}" of service "{{ . | first | label "service_name" }}".{{ end }}`;

/** Names that senders choose stay within what there is memory for. */
export const nameRules = (room?: NameRoom): RuleGroups => [
  {
    name: "names",
    rules: [
      {
        alert: "SpanNamesTooMany",
        expr: grew(spanCallsFolded, "service_name", "4m"),
        severity: "warning",
        summary: "{{ $labels.service_name }} has more span names than the limit",
        description: `Its last {{ $value | humanize }} spans with further names are counted together as span_name "other names"; traces are unchanged. One of its names is "${example}". Remove variable parts from span names, or raise names.seriesPerService in the settings.`,
      },
      ...(room === undefined
        ? []
        : [
            {
              alert: "ServicesTooMany",
              expr: `count(count by (service_name) (${spanCalls})) > ${Math.floor(early * room.services)}`,
              severity: "warning",
              summary: `{{ $value | humanize }} services send spans; the limit is ${room.services}`,
              description: `Beyond the limit, counters of services with little traffic keep restarting at 0.${newest(spanCalls, "service_name")} If service names contain per-process values, move those to a resource attribute; otherwise raise the memory of the Collector that makes span metrics.`,
            } as const,
            {
              alert: "ServiceGraphTooLarge",
              expr: `count(${edgeRequests}) > ${Math.floor(early * room.edges)}`,
              severity: "warning",
              summary: `The service graph has {{ $value | humanize }} edges; memory suffices for about ${room.edges}`,
              description: `They are not limited: the Collector that makes the graph, or Prometheus, which has 36 series for each, may run out of memory and be killed.${newest(edgeRequests, "server")} An edge is kept for 15 minutes after its last call. Give services and peers (peer.service) names without per-process values, or raise the memory of both.`,
            } as const,
            { record: roomForEdges, expr: `vector(${room.edges})` },
          ]),
    ],
  },
  ...(room?.series === undefined ? [] : [seriesRules(room.series)]),
];

/** Prometheus has no limit on series that are sent to it, so somebody is told while there is still half of its memory. */
const seriesRules = (most: number): RuleGroup => ({
  name: "series",
  interval: "1m",
  rules: [
    {
      alert: "SeriesTooMany",
      expr: `max by (job) (${prometheusSeries}) > ${Math.floor(early * most)}`,
      severity: "warning",
      summary: `Prometheus holds {{ $value | humanize }} series; its memory suffices for about ${most}`,
      description: `They are not limited: Prometheus may run out of memory and be killed.${largest} Remove attributes that differ in each request or customer from that metric, or raise memory.prometheus. Series are freed within 3 hours after they end.`,
    },
    { record: roomForSeries, expr: `vector(${most})` },
  ],
});
