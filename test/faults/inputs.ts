import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { compareWithJaeger, countInJaeger } from "../support/jaeger-count";
import { loginHeaders } from "../support/login";
import type { SpanIds } from "../support/load-request";
import { otlpRequest, type WrittenSpan } from "../support/otlp-request";
import { askStoredLines } from "../support/stored-lines";
import type { Fault } from "./fault";
import { largeRequest } from "./large-request";
import {
  lineRequests,
  lines,
  nameless,
  pointRequests,
  poisonous,
  spanRequest,
  spansWithoutIds,
  stored,
} from "./poison";
import { namesIn } from "./serials";
import { until } from "../support/until";

const hour = 3_600_000;

/** Spans of the trace that is too large, and of the flood of names. */
const [giant, flood] = [100_000, 50_000];
const [perRequest, perTrace] = [5_000, 500];

const poison = spanRequest();
const giantTrace = randomBytes(16);
/** What the flood of names consists of, as far as it was acknowledged. */
const flooded: SpanIds = new Map();

/** What services send that they should not. All else has to arrive beside it. */
export const inputs: readonly Fault[] = [
  { name: "clocks of services: an hour late", ahead: -hour },
  { name: "clocks of services: an hour early", ahead: hour },
  {
    name: `${flood.toLocaleString("en-US")} names of spans`,
    async begin({ otlp }) {
      for (let first = 0; first < flood; first += perTrace) {
        const traceId = randomBytes(16);
        const spans = Array.from({ length: perTrace }, (_, n) => span(`GET ${word(first + n)}`, traceId));
        await taken(otlp, otlpRequest("flood", spans));
        flooded.set(
          traceId.toString("hex"),
          spans.map(({ spanId }) => spanId.toString("hex")),
        );
      }
    },
    found: async ({ jaeger }) => assert.deepEqual((await compareWithJaeger(jaeger, flooded)).missing, []),
  },
  {
    name: `a trace of ${giant.toLocaleString("en-US")} spans`,
    async begin({ otlp }) {
      for (let sent = 0; sent < giant; sent += perRequest) {
        const spans = Array.from({ length: perRequest }, () => span("step", giantTrace, "x".repeat(200)));
        await taken(otlp, otlpRequest("giant", spans));
      }
    },
    async found({ jaeger }) {
      const id = giantTrace.toString("hex");
      await until(
        "Jaeger has all of the trace",
        async () => (await countInJaeger(jaeger, [id])).get(id)!.size === giant,
      );
    },
  },
  {
    name: "values that no service means",
    async begin({ otlp }) {
      await taken(otlp, poison.body);
      await taken(otlp, spansWithoutIds());
      for (const body of lineRequests()) await taken(otlp, body, "logs");
      for (const body of pointRequests()) await taken(otlp, body, "metrics");
    },
    async found({ jaeger, logs, prometheus }) {
      const { missing } = await compareWithJaeger(jaeger, new Map([[poison.traceId, [...poison.spanIds]]]));
      assert.deepEqual(missing, []);
      await until("Jaeger has all spans that came without an id", async () => {
        const traces = await tracesOf(jaeger, nameless);
        const spans = new Set(traces.flat());
        return traces.length === 3 && spans.size === 4 && !spans.has("0000000000000000");
      });
      const records = await askStoredLines(logs, `{service.name="${poisonous}"} | fields _msg`);
      const bodies = records.map((record) => (JSON.parse(record) as { _msg: string })._msg);
      assert.deepEqual(new Set(bodies), new Set(Object.keys(lines)));
      const names = await namesIn(prometheus, poisonous);
      // Its spans are counted too, and alerts name it.
      const own = names.filter((name) => !/^(traces_span_metrics|ALERTS)/.test(name));
      assert.deepEqual(new Set(own), new Set(Object.keys(stored)));
    },
  },
  {
    name: "a request of 9 MiB",
    begin: async ({ otlp }) => assert.equal(await post(otlp, largeRequest(18, 500_000).body), 400),
  },
];

/** Ids of all spans of a service, by trace. */
async function tracesOf(jaeger: string, service: string): Promise<string[][]> {
  const end = Date.now() * 1_000;
  const asked = new URLSearchParams({ service, limit: "20", start: `${end - 3_600_000_000}`, end: `${end}` });
  const answer = await fetch(`${jaeger}/api/traces?${asked.toString()}`, { headers: loginHeaders });
  const { data } = (await answer.json()) as { data: { spans: { spanID: string }[] }[] };
  return data.map(({ spans }) => spans.map(({ spanID }) => spanID));
}

const span = (name: string, traceId: Buffer, text?: string): WrittenSpan => ({
  name,
  traceId,
  spanId: randomBytes(8),
  failed: true,
  ...(text !== undefined && { attributes: { text } }),
});

/** Sends it again until it is answered for good. */
async function taken(otlp: string, body: Buffer, signal?: string): Promise<void> {
  await until("the agent takes a request", async () => (await post(otlp, body, signal)) === 200);
}

async function post(otlp: string, body: Buffer, signal = "traces"): Promise<number> {
  const headers = { "content-type": "application/x-protobuf" };
  const answer = await fetch(`${otlp}/v1/${signal}`, { method: "POST", headers, body: new Uint8Array(body) });
  await answer.arrayBuffer();
  return answer.status;
}

/** A word without digits: names of which nothing is replaced. */
const word = (n: number): string =>
  [...n.toString(26)].map((digit) => "abcdefghijklmnopqrstuvwxyz"[parseInt(digit, 26)]).join("");
