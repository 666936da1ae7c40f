import { edgeRequests, spanCalls, spanCallsFolded } from "../metrics";
import type { RuleGroups } from "../rule";
import { grew } from "./counters";

/** What the Collectors of a stack have room for. */
export interface NameRoom {
  /** Services with series of span metrics. */
  readonly services: number;
  /** Edges of the service graph. */
  readonly edges: number;
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

/** Names that senders choose stay within what there is memory for. */
export const nameRules = (room?: NameRoom): RuleGroups => [
  {
    name: "names",
    rules: [
      {
        alert: "SpanNamesTooMany",
        expr: grew(spanCallsFolded, "service_name", "4m"),
        severity: "warning",
        summary: "{{ $labels.service_name }} has more names of spans than there is room for",
        description: `Its last {{ $value | humanize }} spans of other names are counted together, as span_name "other names"; traces have them as they are. One of its names is "${example}". Give spans names without what differs in each, or raise names.seriesPerService in the settings.`,
      },
      ...(room === undefined
        ? []
        : [
            {
              alert: "ServicesTooMany",
              expr: `count(count by (service_name) (${spanCalls})) > ${Math.floor(early * room.services)}`,
              severity: "warning",
              summary: `{{ $value | humanize }} services send spans, and there is room for ${room.services}`,
              description: `Beyond that, counts of services that send little begin at 0 again and again.${newest(spanCalls, "service_name")} Where names of services hold what differs in each process, make it an attribute of the resource; else raise the memory of the Collector that makes span metrics.`,
            } as const,
            {
              alert: "ServiceGraphTooLarge",
              expr: `count(${edgeRequests}) > ${Math.floor(early * room.edges)}`,
              severity: "warning",
              summary: `The service graph has {{ $value | humanize }} edges, and there is memory for about ${room.edges}`,
              description: `Nothing limits them: the Collector that makes the graph may be killed for memory.${newest(edgeRequests, "server")} An edge is kept for 15 minutes after its last call. Give services and peers (peer.service) names that do not differ in each process, or raise the memory of that Collector.`,
            } as const,
          ]),
    ],
  },
];
