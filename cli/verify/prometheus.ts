import { z } from "zod";
import { edgeRequests, spanCalls, spanDuration } from "../../components/prometheus/metrics";
import { ask, type Backend, type Finding } from "./backend";
import { instant, sample } from "./instant";
import { metricName, services, type Canary } from "./canary";

const labels = z.record(z.string(), z.string());
const matrixAnswer = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, values: z.array(sample) })) }),
});
const exemplarAnswer = z.object({ data: z.array(z.object({ exemplars: z.array(z.object({ labels })) })) });

const canaries = "sightline-canary-.+";
const servers = `{service_name=~"${canaries}",span_kind="SPAN_KIND_SERVER"}`;

export const callsQuery = `${spanCalls}${servers}`;
export const exemplarQuery = `${spanDuration}${servers}`;
export const edgesQuery = `${edgeRequests}{client=~"${canaries}",server=~"${canaries}"}`;
export const metricQuery = metricName.replaceAll(".", "_");

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Time in seconds and value, oldest first. */
  readonly values: readonly (readonly [number, string])[];
}

/** Samples of the last minutes, as they were written. */
async function recent(prometheus: Backend, query: string): Promise<readonly Series[]> {
  const { data } = await ask(prometheus, "/api/v1/query", { query: `${query}[5m]` }, matrixAnswer);
  return data.result;
}

const keyOf = ({ metric }: Series): string => JSON.stringify(Object.entries(metric).sort());

/** Time of the newest sample of each series. */
export type Newest = Readonly<Record<string, number>>;

export async function newest(prometheus: Backend, query: string): Promise<Newest> {
  const series = await recent(prometheus, query);
  return Object.fromEntries(series.map((one) => [keyOf(one), one.values.at(-1)![0]]));
}

/** Looks for calls of each service after `before`. */
export const findCalls = async (prometheus: Backend, before: Newest): Promise<Finding> =>
  counted("calls", services, before, await recent(prometheus, callsQuery), ({ service_name = "" }) => service_name);

/** Looks for requests on each edge between two services after `before`. */
export const findEdges = async (prometheus: Backend, before: Newest): Promise<Finding> =>
  counted(
    "requests",
    services.slice(1).map((server, i) => `${services[i]!} → ${server}`),
    before,
    await recent(prometheus, edgesQuery),
    ({ client = "", server = "" }) => `${client} → ${server}`,
  );

function counted(
  what: string,
  names: readonly string[],
  before: Newest,
  series: readonly Series[],
  nameOf: (metric: Series["metric"]) => string,
): Finding {
  const fresh = new Set(
    series.filter((one) => hasCounted(one.values, before[keyOf(one)])).map(({ metric }) => nameOf(metric)),
  );
  const still = names.filter((name) => !fresh.has(name));
  return still.length === 0
    ? { found: true, saw: `new ${what}: ${names.join(", ")}` }
    : { found: false, saw: `no new ${what}: ${still.join(", ")}` };
}

/**
 * Whether a counter has counted something after a moment. It has where its value differs from the one before, and where
 * it begins: connectors forget a series that was idle, service_graph after a quarter of an hour, and begin again at
 * one, so that the value alone may look as if nothing had happened. They write every series they know at each flush; a
 * gap between two samples is therefore a new beginning. A series may also begin with a zero, before what was counted.
 */
function hasCounted(values: Series["values"], before = -Infinity): boolean {
  const gaps = values.slice(1).map(([time], i) => time - values[i]![0]);
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? Infinity;
  return values.some(([time, value], i) => {
    if (time <= before || Number(value) === 0) return false;
    return i === 0 || value !== values[i - 1]![1] || gaps[i - 1]! > 1.5 * usual;
  });
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
    ? { found: true, saw: `exemplars of this trace: ${mine}` }
    : { found: false, saw: `exemplars: ${traceIds.length}, none of this trace` };
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
  return (await instant(prometheus, query)).map(({ metric, value }) => {
    const { __name__: name = "", ...others } = metric;
    const pairs = Object.keys(others)
      .sort()
      .map((label) => `${label}="${others[label]}"`);
    return `${name}{${pairs.join(",")}} ${value[1]}`;
  });
}
