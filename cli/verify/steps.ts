import { z } from "zod";
import { uids } from "../../components/dashboards/data-sources";
import type { LogStoreKind } from "../../components/logs";
import { ask, type Backend, type Finding } from "./backend";
import type { Canary } from "./canary";
import { findSampling, findTrace } from "./jaeger";
import { findLog, logFinders } from "./logs";
import {
  callsQuery,
  edgesQuery,
  exemplarQuery,
  findCalls,
  findEdges,
  findExemplar,
  findMetric,
  metricQuery,
  type Newest,
} from "./prometheus";
import { grafanaApi, store, throughGrafana, type GrafanaTarget, type Targets } from "./targets";

/** One place where a part of a canary must arrive. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Looks once; or the reason why there is nothing to look at. */
  readonly look: (() => Promise<Finding>) | { readonly off: string };
  /** Why it may be missing, likeliest first. */
  readonly reasons: readonly string[];
  /** Where to look next. */
  readonly lookAt: string;
}

/** How far Prometheus was before a canary was sent. */
export interface Before {
  readonly calls: Newest;
  readonly edges: Newest;
}

const queued = "it waits in the Collector's queue, or its exporter fails: see the Collector's own figures and log";

/** Everything that must be found of a canary. */
export function steps(targets: Targets, canary: Canary, before: Before): Step[] {
  const jaeger = store(targets, targets.jaeger);
  const prometheus = store(targets, targets.prometheus);
  const { kind, url } = targets.logs;
  const chart = (query: string) => `${targets.prometheus}/query?g0.expr=${encodeURIComponent(query)}`;
  return [
    {
      name: "trace",
      title: "whole trace in Jaeger",
      look: () => findTrace(jaeger, canary),
      reasons: [
        queued,
        "Jaeger's storage is full or refuses spans: see Jaeger's log",
        "a sampler or filter drops spans",
      ],
      lookAt: `${targets.jaeger}/trace/${canary.traceId}`,
    },
    {
      name: "span-metrics",
      title: "span metrics in Prometheus",
      look: () => findCalls(prometheus, before.calls),
      reasons: ["span_metrics is not an exporter of the traces pipeline", "Prometheus refuses OTLP metrics", queued],
      lookAt: chart(callsQuery),
    },
    {
      name: "exemplar",
      title: "exemplar of the trace in Prometheus",
      look: () => findExemplar(prometheus, canary),
      reasons: ["exemplars are off in span_metrics", "Prometheus has no exemplar storage", queued],
      lookAt: chart(exemplarQuery),
    },
    {
      name: "service-graph",
      title: "service graph in Prometheus",
      look: () => findEdges(prometheus, before.edges),
      reasons: [
        "service_graph is not an exporter of the traces pipeline",
        "the spans of a trace reach different Collectors, so no edge has both ends",
        queued,
      ],
      lookAt: chart(edgesQuery),
    },
    {
      name: "metric",
      title: "metric in Prometheus",
      look: () => findMetric(prometheus, canary),
      reasons: ["Prometheus does not run its OTLP receiver", queued],
      lookAt: chart(metricQuery),
    },
    {
      name: "log",
      title: `log line in ${titles[kind]}`,
      look: () => findLog(kind, store(targets, url), canary),
      reasons: [
        ...(kind === "loki" ? ["Loki does not keep structured metadata, so no line has a trace id"] : []),
        queued,
      ],
      lookAt: `${url}${logFinders[kind].path}?query=${encodeURIComponent(logFinders[kind].query(canary))}`,
    },
    sampling(targets.sampling),
    ...grafana(targets, canary),
  ];
}

const sampling = (url: string | undefined): Step => ({
  name: "sampling",
  title: "head sampling strategy",
  look: url === undefined ? { off: "no address of remote sampling is known" } : () => findSampling({ url }),
  reasons: ["Jaeger does not serve remote sampling", "its strategies file cannot be read: see Jaeger's log"],
  lookAt: `${url}/api/sampling?service=any`,
});

const titles = { victorialogs: "VictoriaLogs", loki: "Loki" } as const satisfies Record<LogStoreKind, string>;

function grafana({ grafana: target, logs }: Targets, canary: Canary): Step[] {
  if (target === undefined || "off" in target) {
    const off = target?.off ?? "no address of Grafana is known";
    return [{ name: "grafana", title: "Grafana", look: { off }, reasons: [], lookAt: "" }];
  }
  const through = (uid: string, look: (backend: Backend) => Promise<Finding>): Step => ({
    name: `grafana-${uid}`,
    title: `data source ${uid} of Grafana`,
    look: () => look(throughGrafana(target, uid)),
    reasons: ["Grafana has no such data source or lacks its plugin", "Grafana cannot reach what is behind it"],
    lookAt: `${target.url}/connections/datasources/edit/${uid}`,
  });
  return [
    {
      name: "grafana",
      title: "Grafana",
      look: () => findGrafana(target),
      reasons: ["Grafana is still starting, or its database cannot be written: see its log"],
      lookAt: `${target.url}/api/health`,
    },
    through(uids.prometheus, (backend) => findMetric(backend, canary)),
    through(uids.jaeger, (backend) => findTrace(backend, canary)),
    through(uids[logs.kind], (backend) => findLog(logs.kind, backend, canary)),
  ];
}

const health = z.object({ database: z.string(), version: z.string().default("of unknown version") });

async function findGrafana(target: GrafanaTarget): Promise<Finding> {
  const { database, version } = await ask(grafanaApi(target), "/api/health", {}, health);
  return { found: database === "ok", saw: `Grafana ${version}, database ${database}` };
}
