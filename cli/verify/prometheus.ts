import { z } from "zod";
import { edgeRequests, spanCalls, spanDuration } from "../../components/prometheus/metrics";
import { ask, type Backend, type Finding } from "./backend";
import { metricName, services, type Canary } from "./canary";

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
const vectorAnswer = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, value: sample })) }),
});
const matrixAnswer = z.object({ data: z.object({ result: z.array(z.object({ values: z.array(sample) })) }) });
const exemplarAnswer = z.object({ data: z.array(z.object({ exemplars: z.array(z.object({ labels })) })) });

const canaries = "sightline-canary-.+";
const servers = `{service_name=~"${canaries}",span_kind="SPAN_KIND_SERVER"}`;

export const callsQuery = `sum by (service_name) (${spanCalls}${servers})`;
export const exemplarQuery = `${spanDuration}${servers}`;
export const edgesQuery = `sum by (client, server) (${edgeRequests}{client=~"${canaries}",server=~"${canaries}"})`;
export const metricQuery = metricName.replaceAll(".", "_");

/** Values of an instant query, each under the values of its labels: `{ "shop": 3 }`, `{ "shop → orders": 2 }`. */
export type Counts = Readonly<Record<string, number>>;

export async function counts(prometheus: Backend, query: string): Promise<Counts> {
  const { data } = await ask(prometheus, "/api/v1/query", { query }, vectorAnswer);
  return Object.fromEntries(data.result.map(({ metric, value }) => [nameOf(metric), Number(value[1])]));
}

const nameOf = (metric: Readonly<Record<string, string>>): string =>
  Object.keys(metric)
    .sort()
    .map((label) => metric[label])
    .join(" → ");

/** Looks for calls of each service since `before`. A smaller count is a new one too: it began again with the Collector. */
export const findCalls = async (prometheus: Backend, before: Counts): Promise<Finding> =>
  grown("calls", services, before, await counts(prometheus, callsQuery));

/** Looks for new requests on each edge between two services. */
export const findEdges = async (prometheus: Backend, before: Counts): Promise<Finding> =>
  grown(
    "requests",
    services.slice(1).map((server, i) => `${services[i]!} → ${server}`),
    before,
    await counts(prometheus, edgesQuery),
  );

function grown(what: string, names: readonly string[], before: Counts, now: Counts): Finding {
  // Connectors start a series with a zero, before what they counted.
  const still = names.filter((name) => (now[name] ?? 0) === 0 || now[name] === before[name]);
  return still.length === 0
    ? { found: true, saw: `${what}: ${names.map((name) => `${name} ${now[name]}`).join(", ")}` }
    : { found: false, saw: `no new ${what}: ${still.join(", ")}` };
}

/** Looks for an exemplar that leads from a chart to this trace. */
export async function findExemplar(prometheus: Backend, { traceId, sentAt }: Canary): Promise<Finding> {
  const seconds = (milliseconds: number) => String(milliseconds / 1_000);
  const { data } = await ask(
    prometheus,
    "/api/v1/query_exemplars",
    { query: exemplarQuery, start: seconds(sentAt - 300_000), end: seconds(sentAt + 300_000) },
    exemplarAnswer,
  );
  const traceIds = data.flatMap(({ exemplars }) => exemplars.map((exemplar) => exemplar.labels["trace_id"]));
  const mine = traceIds.filter((id) => id === traceId).length;
  return mine > 0
    ? { found: true, saw: `${mine} exemplars of this trace` }
    : { found: false, saw: `${traceIds.length} exemplars, none of this trace` };
}

/** Looks for the sample that this canary sent, by its value. */
export async function findMetric(prometheus: Backend, { sentAt }: Canary): Promise<Finding> {
  const { data } = await ask(prometheus, "/api/v1/query", { query: `${metricQuery}[10m]` }, matrixAnswer);
  const values = data.result.flatMap((series) => series.values.map(([, value]) => Number(value)));
  return values.includes(sentAt)
    ? { found: true, saw: `${metricQuery} ${sentAt}` }
    : { found: false, saw: `${metricQuery}: ${values.length} samples, none of this canary` };
}

/** Counters of loss and refusal, for all signals, and what waits. */
const troubles = "otelcol_receiver_refused_.+|otelcol_exporter_(send|enqueue)_failed_.+|otelcol_exporter_queue_size";

/** What the Collector says of itself where something is lost or waits: one line a series that is not zero. */
export async function collectorTrouble(prometheus: Backend): Promise<string[]> {
  const query = `sum by (__name__, receiver, exporter, data_type) ({__name__=~"${troubles}"}) > 0`;
  const { data } = await ask(prometheus, "/api/v1/query", { query }, vectorAnswer);
  return data.result.map(({ metric, value }) => {
    const { __name__: name = "", ...others } = metric;
    const pairs = Object.keys(others)
      .sort()
      .map((label) => `${label}="${others[label]}"`);
    return `${name}{${pairs.join(",")}} ${value[1]}`;
  });
}
