import { loginHeaders } from "../support/login";
import { setTimeout as wait } from "node:timers/promises";
import { askStoredLines } from "../support/stored-lines";

/** Log lines, or points of a gauge, each of which has a number of its own. */
export interface Serials {
  readonly signal: "logs" | "metrics";
  /** Base address of an OTLP/HTTP receiver. */
  readonly url: string;
  /** The first number; the others follow. */
  readonly from: number;
  readonly count: number;
  readonly perRequest: number;
  /** Items a second, evenly. */
  readonly perSecond: number;
  /** How far the clock of that service is ahead, in milliseconds. @default 0 */
  readonly ahead?: number;
  /** Name of the service that they are of. */
  readonly service: string;
}

/** Name of the gauge whose points are numbers. */
export const gauge = "load.serial";

/** Statuses that OTLP declares retryable. Source: the OTLP specification, "Retryable Response Codes". */
const retryable = [429, 502, 503, 504];
/** Longest time for one answer, in milliseconds, as SDKs have it. */
const patience = 10_000;
/** Between two tries, in milliseconds. */
const pause = 250;

/** Sends them, each request again until there is an answer that is final; numbers of those that were acknowledged. */
export async function sendSerials(load: Serials): Promise<number[]> {
  const { signal, url, from, count, perRequest, perSecond } = load;
  const start = performance.now();
  const acknowledged: number[] = [];
  for (let first = from; first < from + count; first += perRequest) {
    const early = (1_000 * (first - from)) / perSecond - (performance.now() - start);
    if (early > 0) await wait(early);
    const numbers = Array.from({ length: Math.min(perRequest, from + count - first) }, (_, n) => first + n);
    const body = JSON.stringify(signal === "logs" ? lines(load, numbers) : points(load, numbers));
    if (await taken(`${url}/v1/${signal}`, body)) acknowledged.push(...numbers);
  }
  return acknowledged;
}

async function taken(url: string, body: string): Promise<boolean> {
  const headers = { "content-type": "application/json" };
  for (;;) {
    const answer = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patience) }).catch(
      () => undefined,
    );
    const said = await answer?.text().catch(() => undefined);
    if (answer !== undefined && said !== undefined && !retryable.includes(answer.status))
      return answer.ok && !/"rejected/.test(said);
    await wait(pause);
  }
}

const resource = (service: string) => ({
  attributes: [{ key: "service.name", value: { stringValue: service } }],
});

/** Each a microsecond later than the one before: a store may take two at the same time for one. */
const moments = ({ ahead = 0 }: Serials, numbers: readonly number[]): string[] => {
  const now = BigInt(Date.now() - 1_000 + ahead) * 1_000_000n;
  return numbers.map((_, n) => String(now + BigInt(n) * 1_000n));
};

const lines = (load: Serials, numbers: readonly number[]) => {
  const at = moments(load, numbers);
  const logRecords = numbers.map((number, n) => ({ timeUnixNano: at[n], body: { stringValue: `line ${number}` } }));
  return { resourceLogs: [{ resource: resource(load.service), scopeLogs: [{ logRecords }] }] };
};

/** Prometheus has one point of a series a millisecond: each is of a series of its own, which its number names. */
const points = (load: Serials, numbers: readonly number[]) => {
  const at = moments(load, numbers);
  const dataPoints = numbers.map((number, n) => ({
    timeUnixNano: at[n],
    asInt: String(number),
    attributes: [{ key: "serial", value: { intValue: String(number) } }],
  }));
  return {
    resourceMetrics: [
      { resource: resource(load.service), scopeMetrics: [{ metrics: [{ name: gauge, gauge: { dataPoints } }] }] },
    ],
  };
};

/** Numbers of the lines of a service that VictoriaLogs has. */
export async function linesIn(logs: string, service: string): Promise<Set<number>> {
  const lines = await askStoredLines(logs, `{service.name="${service}"} | fields _msg`);
  return new Set(lines.map((line) => Number(/^line (\d+)$/.exec((JSON.parse(line) as { _msg: string })._msg)?.[1])));
}

/** Names of the metrics of a service that Prometheus has. */
export async function namesIn(prometheus: string, service: string): Promise<string[]> {
  const parameters = new URLSearchParams({ "match[]": `{service_name="${service}"}` });
  const answer = await fetch(`${prometheus}/api/v1/label/__name__/values?${parameters}`, { headers: loginHeaders });
  return ((await answer.json()) as { data: string[] }).data;
}

/** Numbers of the points of a service that Prometheus has, also of one whose clock is wrong by an hour. */
export async function pointsIn(prometheus: string, service: string): Promise<Set<number>> {
  const query = `last_over_time(load_serial{service_name="${service}"}[4h])`;
  const parameters = new URLSearchParams({ query, time: String(Date.now() / 1_000 + 2 * 3_600) });
  const url = `${prometheus}/api/v1/query?${parameters}`;
  const answer = await fetch(url, { headers: loginHeaders });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  const { data } = JSON.parse(text) as { data: { result: { value: [number, string] }[] } };
  return new Set(data.result.map(({ value: [, number] }) => Number(number)));
}
