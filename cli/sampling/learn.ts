import { z } from "zod";
import { inSeconds, type Duration } from "../../components/core/units";
import { edgeRequests, served, spanCalls, spanDuration } from "../../components/prometheus/metrics";
import { readTraces, routeKey, type Judged, type Profile, type RouteProfile } from "../../components/sampling/budget";
import { ask, type Backend } from "../verify/backend";
import { instant } from "../verify/instant";

/** Traces of each service that are looked at, to learn how many spans they have. */
const sampled = 50;
/** What is found among some traces is taken for half of the largest. */
const margin = 2;

/**
 * Of each route, by `http.route` where spans have it, by their names where not. Prometheus has each once: six questions, however
 * many routes there are.
 */
export function learningQueries(
  window: Duration,
): Readonly<Record<"calls" | "errors" | "median" | "p99" | "entries" | "spans", string>> {
  const seconds = `${inSeconds(window)}s`;
  const known = `${served},otel_metric_overflow!="true"`;
  const each = (of: (labels: string, by: string) => string): string =>
    `${of(`${known},http_route!=""`, "service_name, http_route")} or ${of(`${known},http_route=""`, "service_name, span_name")}`;
  const quantile = (share: number): string =>
    each(
      (labels, by) => `histogram_quantile(${share}, sum by (${by}, le) (rate(${spanDuration}{${labels}}[${seconds}])))`,
    );
  return {
    calls: each((labels, by) => `sum by (${by}) (rate(${spanCalls}{${labels}}[${seconds}]))`),
    errors: each(
      (labels, by) => `sum by (${by}) (rate(${spanCalls}{${labels},status_code="STATUS_CODE_ERROR"}[${seconds}]))`,
    ),
    median: quantile(0.5),
    p99: quantile(0.99),
    // Requests that nobody in the graph has sent.
    entries: `sum by (server) (rate(${edgeRequests}{client="user"}[${seconds}]))`,
    spans: `sum(rate(${spanCalls}[${seconds}]))`,
  };
}

type Values = ReadonlyMap<string, number>;

/**
 * What traffic was like, from metrics that were taken before any sampling. Routes are those of services that somebody outside
 * calls; where such a service is called from inside too, its routes have their part of the calls from outside. How many spans
 * traces have is in no metric: some stored ones say it.
 *
 * @throws NoAnswer where a backend does not answer
 */
export async function learn(
  { prometheus, jaeger }: { readonly prometheus: Backend; readonly jaeger?: Backend },
  window: Duration,
  now: Date,
): Promise<Profile> {
  const queries = learningQueries(window);
  const time = String(now.getTime() / 1_000);
  const values = async (query: string): Promise<Values> => {
    const result = await instant(prometheus, query, time);
    return new Map(result.map(({ metric, value }) => [keyOf(metric), Number(value[1])]));
  };
  // One after the other: whoever looks at a board now shall not wait.
  const calls = await values(queries.calls);
  const errors = await values(queries.errors);
  const medians = await values(queries.median);
  const p99s = await values(queries.p99);
  const entries = await values(queries.entries);
  const [spans = 0] = (await values(queries.spans)).values();

  const ofService = new Map<string, number>();
  for (const [key, rate] of calls) add(ofService, serviceIn(key), rate);
  const entered = [...calls].filter(([key, rate]) => rate > 0 && (entries.get(serviceIn(key)) ?? 0) > 0);
  const traces = jaeger === undefined ? [] : await someTraces(jaeger, [...entries.keys()], window, now);
  const usual = spans / [...entries.values()].reduce((sum, rate) => sum + rate, 0);
  const routes = entered.map(([key, rate]): RouteProfile => {
    const [service, route] = [serviceIn(key), key.slice(serviceIn(key).length + 1)];
    const outside = Math.min(1, entries.get(service)! / ofService.get(service)!);
    const own = traces.filter(({ entry }) => entry !== undefined && routeKey(entry) === key);
    const median = medians.get(key) ?? 0;
    return {
      service,
      route,
      tracesPerSecond: rate * outside,
      spansPerTrace: own.length > 0 ? own.reduce((sum, one) => sum + one.spans, 0) / own.length : usual,
      medianMs: median,
      p99Ms: Math.max(median, p99s.get(key) ?? 0),
      errorShare: Math.min(1, (errors.get(key) ?? 0) / rate),
    };
  });
  const largest = traces.reduce((most, one) => Math.max(most, one.spans), Math.ceil(usual) || 1);
  return {
    from: new Date(now.getTime() - 1_000 * inSeconds(window)).toISOString(),
    to: now.toISOString(),
    largestTrace: margin * largest,
    routes,
  };
}

/** Names of services have no spaces where they are identifiers; a route may have any. */
const keyOf = ({ service_name, server, http_route, span_name }: Readonly<Record<string, string>>): string =>
  server ?? `${service_name ?? ""} ${http_route ?? span_name ?? ""}`;
const serviceIn = (key: string): string => key.split(" ")[0]!;
const add = (to: Map<string, number>, key: string, value: number): void => void to.set(key, (to.get(key) ?? 0) + value);

/** Some of the traces of each service, as Jaeger's UI asks for them. */
async function someTraces(
  jaeger: Backend,
  services: readonly string[],
  window: Duration,
  now: Date,
): Promise<Judged[]> {
  const found: Judged[] = [];
  const end = now.getTime() * 1_000;
  for (const service of services) {
    const query = { service, limit: String(sampled), start: String(end - inSeconds(window) * 1e6), end: String(end) };
    const answer = await ask(jaeger, "/api/traces", query, z.looseObject({ data: z.unknown() }));
    found.push(...readTraces(JSON.stringify(answer)));
  }
  return found;
}
