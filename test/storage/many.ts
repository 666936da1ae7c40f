import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { ask as askBackend } from "../../cli/verify/backend";
import { spansInJaeger } from "../../cli/verify/jaeger";
import type { Search } from "../../components/storage/storage";

/** Searches that find a trace of the load whose spans all failed, as {@link Search} names them. */
const searches = {
  failure: { tags: '{"error":"true"}' },
  attribute: { tags: '{"http.route":"/checkout"}' },
  duration: { minDuration: "99ms" },
  attributeAndDuration: { minDuration: "99ms", tags: '{"http.route":"/checkout"}' },
} satisfies Partial<Record<keyof Search, Record<string, string>>>;

/**
 * Looks for traces of the load among all others, each by its service, by its operation and by every search that is said
 * to find it; gives those that were not found, and by what.
 *
 * @param among how many there are: by a duration Cassandra gives any of a whole hour, up to the limit
 */
export async function findEach(
  jaeger: string,
  traceIds: readonly string[],
  search: Search,
  among: number,
): Promise<string[]> {
  const asked = { service: {}, operation: { operation: "POST /checkout" }, ...foundBy(search) };
  const missing: string[] = [];
  for (const traceId of traceIds) {
    const spans = await spansInJaeger({ url: jaeger }, traceId);
    const start = Math.min(...(await beginnings(jaeger, traceId)));
    for (const [by, query] of Object.entries(asked)) {
      const range = { start: String(start - 1), end: String(start + 1_000), limit: String(among) };
      const parameters = new URLSearchParams({ service: "load-shop", ...query, ...range });
      const found = await spansFound(`${jaeger}/api/traces?${parameters.toString()}`, traceId, spans.length);
      if (found !== spans.length) missing.push(`${traceId} by ${by}: ${found}`);
    }
  }
  return missing;
}

/** Longest time until a store finds what it has by something else than its id, in milliseconds. */
const visible = 15_000;

/** Spans of a trace in what a search answers, once they are all there or time is up; else what it answers instead. */
async function spansFound(url: string, traceId: string, wanted: number): Promise<number | string> {
  for (const deadline = Date.now() + visible; ; await wait(500)) {
    const answer = await fetch(url);
    const text = await answer.text();
    const { data } = (answer.ok ? JSON.parse(text) : { data: [] }) as {
      data: readonly { traceID: string; spans: readonly unknown[] }[];
    };
    const found = data.find(({ traceID }) => traceID === traceId)?.spans.length ?? 0;
    if (found === wanted || Date.now() > deadline) return answer.ok ? found : text.slice(0, 200);
  }
}

const foundBy = (search: Search) =>
  Object.fromEntries(Object.entries(searches).filter(([by]) => search[by as keyof typeof searches] === "found"));

const trace = z.object({ data: z.array(z.object({ spans: z.array(z.object({ startTime: z.number() })) })) });

/** When the spans of a trace began, in microseconds. */
async function beginnings(jaeger: string, traceId: string): Promise<number[]> {
  const { data } = await askBackend({ url: jaeger }, `/api/traces/${traceId}`, {}, trace);
  return data.flatMap(({ spans }) => spans.map(({ startTime }) => startTime));
}

const vector = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** Longest time until metrics have arrived, in milliseconds: they are sent every 15 s. */
const patience = 45_000;

/** Calls between the services of the load, `client>server`, by the metrics of the Collector; waits for the expected ones. */
export async function edges(
  prometheus: string,
  expected: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const query = 'sum by (client, server) (traces_service_graph_request_total{client=~"load-.*",server=~"load-.*"})';
  for (const deadline = Date.now() + patience; ; await wait(1_000)) {
    const { data } = await askBackend({ url: prometheus }, "/api/v1/query", { query }, vector);
    const calls = Object.fromEntries(
      data.result.map(({ metric, value }) => [`${metric["client"]}>${metric["server"]}`, Number(value[1])]),
    );
    const complete = Object.entries(expected).every(([edge, count]) => calls[edge] === count);
    if (complete || Date.now() > deadline) return calls;
  }
}
