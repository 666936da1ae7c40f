import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { requestsOf, type LoadRequest, type SpanIds } from "./load-request";

export interface LoadOptions {
  /** Base address of an OTLP/HTTP receiver: `http://127.0.0.1:4318`. */
  readonly url: string;
  readonly seconds: number;
  /** Spans a second, evenly; `spansPerSecond * seconds` are sent, however long that takes. @default - as many as it can */
  readonly spansPerSecond?: number;
  /** Spans of one request. An SDK sends up to 512. @default 5 */
  readonly spansPerRequest?: number;
  /** Requests under way at once, each on a connection that is kept. @default 4 */
  readonly connections?: number;
  /** Longest time for which one request is sent again, in milliseconds. @default 120_000 */
  readonly retryFor?: number;
  /** Longest time for one answer, in milliseconds. @default 10_000, as SDKs have it */
  readonly patience?: number;
  /** Keeps the ids of acknowledged spans. @default true */
  readonly record?: boolean;
  /** Makes every span one of a request that failed. @default false */
  readonly failed?: boolean;
  /** Gives traces and spans values of their own. @default false */
  readonly varied?: boolean;
  /** How far the clock of services is ahead, in milliseconds. @default 0 */
  readonly ahead?: number;
  /** Makes each request, of `spansPerRequest` spans. @default - requests through three services */
  readonly make?: () => LoadRequest;
  /** Address of this machine that it is sent from. @default - any */
  readonly from?: string;
  /** What the receiver asks for, as `authorization`. @default - nothing */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadResult {
  /** Spans that the receiver has answered for: 2xx, none of the request rejected. */
  readonly acknowledgedSpans: number;
  /** Their ids; empty where they are not recorded. */
  readonly acknowledged: SpanIds;
  /** Spans of requests that were refused for good, or in part. */
  readonly rejectedSpans: number;
  /** Spans of requests for which there was no answer until time was up. They may have arrived or not. */
  readonly abandonedSpans: number;
  /** Times that a request was sent again. */
  readonly retries: number;
  readonly seconds: number;
  readonly spansPerSecond: number;
}

/** Statuses that OTLP declares retryable. Source: the OTLP specification, "Retryable Response Codes". */
const retryable = [429, 502, 503, 504];
const firstPause = 100;
const longestPause = 1_000;

/** Sends spans as an SDK does, over OTLP/HTTP with protobuf, and remembers which of them were acknowledged. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const {
    seconds,
    spansPerSecond,
    spansPerRequest = 5,
    connections = 4,
    record = true,
    failed,
    varied,
    ahead,
  } = options;
  const {
    from: localAddress,
    make = requestsOf(spansPerRequest, {
      failed: failed === true,
      varied: varied === true,
      ...(ahead !== undefined && { ahead }),
    }),
  } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ...(localAddress && { localAddress }) });
  const acknowledged: SpanIds = new Map();
  const count = { acknowledged: 0, rejected: 0, abandoned: 0, retries: 0 };

  const start = performance.now();
  const requests =
    spansPerSecond === undefined ? Infinity : Math.max(1, Math.round((spansPerSecond * seconds) / spansPerRequest));
  const dueAt = (n: number) => (spansPerSecond === undefined ? 0 : (1_000 * n * spansPerRequest) / spansPerSecond);
  const elapsed = () => performance.now() - start;
  let next = 0;

  const sender = async (): Promise<void> => {
    while (next < requests && (requests !== Infinity || elapsed() < seconds * 1_000)) {
      const early = dueAt(next++) - elapsed();
      if (early > 0) await wait(early);
      const made = make();
      const { outcome, retries } = await deliver(agent, options, made);
      count[outcome] += spansPerRequest;
      count.retries += retries;
      if (record && outcome === "acknowledged")
        made.spanIds().forEach((ids, traceId) => acknowledged.set(traceId, ids));
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  agent.destroy();

  const took = elapsed() / 1_000;
  return {
    acknowledgedSpans: count.acknowledged,
    acknowledged,
    rejectedSpans: count.rejected,
    abandonedSpans: count.abandoned,
    retries: count.retries,
    seconds: took,
    spansPerSecond: count.acknowledged / took,
  };
}

interface Delivery {
  readonly outcome: "acknowledged" | "rejected" | "abandoned";
  readonly retries: number;
}

/** Sends the same bytes until there is an answer that is final. */
async function deliver(agent: Agent, options: LoadOptions, { body }: LoadRequest): Promise<Delivery> {
  const giveUpAt = performance.now() + (options.retryFor ?? 120_000);
  let pause = firstPause;
  for (let retries = 0; ; retries++) {
    const answer = await post(agent, options, body).catch(() => undefined);
    if (answer !== undefined && !retryable.includes(answer.status)) {
      return { outcome: isTaken(answer) ? "acknowledged" : "rejected", retries };
    }
    if (performance.now() + pause > giveUpAt) return { outcome: "abandoned", retries };
    await wait(pause);
    pause = Math.min(2 * pause, longestPause);
  }
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** A receiver that takes a part only answers 200 too, and counts in its answer what it left out. */
function isTaken({ status, body }: Answer): boolean {
  if (status < 200 || status > 299) return false;
  if (body.length === 0) return true;
  return Number(ProtobufTraceSerializer.deserializeResponse(body)?.partialSuccess?.rejectedSpans ?? 0) === 0;
}

const post = (agent: Agent, { url, headers: own, patience = 10_000 }: LoadOptions, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/x-protobuf",
      "content-length": body.length,
      ...own,
    };
    const sent = request(`${url}/v1/traces`, { method: "POST", agent, headers, timeout: patience }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      // A connection that breaks inside an answer ends with `close` alone.
      response.on("close", () => reject(new Error("the answer was cut short")));
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", reject);
    sent.end(body);
  });
