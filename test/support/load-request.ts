import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace";
import { randomBytes, randomFillSync, randomInt } from "node:crypto";
import { text as randomText } from "./sized";

/** Trace ids, each with the ids of its spans, in hexadecimal. */
export type SpanIds = Map<string, string[]>;

/** One OTLP request, ready to send, and which spans are in it. */
export interface LoadRequest {
  readonly body: Buffer;
  readonly spanIds: () => SpanIds;
}

const { SERVER, CLIENT } = SpanKind;

/** One trace of the load: a request through three services. A request that holds fewer spans cuts the last one short. */
const hops = [
  { service: "load-shop", kind: SERVER, name: "POST /checkout", route: "/checkout" },
  { service: "load-shop", kind: CLIENT, name: "POST" },
  { service: "load-orders", kind: SERVER, name: "POST /orders", route: "/orders" },
  { service: "load-orders", kind: CLIENT, name: "POST" },
  { service: "load-payments", kind: SERVER, name: "POST /payments", route: "/payments" },
] as const;

const milliseconds = 1_000_000n;
/** From one hop to the next. Whole milliseconds would have hops of two requests begin in one microsecond. */
const later = 5n * milliseconds + 137_000n;
/** Some moment whose bytes occur nowhere else in a request. */
const epoch = 1_111_111_111n * 1_000n * milliseconds;

/** Texts that take the place of marks are as long as they. */
const pathMark = (n: number): string => `path${n.toString(16).padStart(12, "0")}`;
const peerMark = (n: number): string => `peer.${n.toString().padStart(9, "0")}`;
const traceMark = (n: number): string => `5e5e5e5e5e5e5e5e${n.toString(16).padStart(16, "0")}`;
const spanMark = (n: number): string => `a7a7a7a7${n.toString(16).padStart(8, "0")}`;

/**
 * Makes requests of so many spans. The SDK's serializer encodes one of them, with marks for ids and times; every
 * request is then a copy with random ids and the present time in their places, so that making load costs little beside
 * handling it. Where requests fail, every span says so. Where they vary, each trace has an id of its own in its paths, and
 * each span a peer of its own, as requests of many users have: what repeats itself takes little of a disk.
 *
 * @param varying - `ahead`: how far the clock of services is ahead, in milliseconds; `text`: bytes of a text that each span
 *   has, which differs from span to span
 */
export function requestsOf(
  spans: number,
  { failed = false, varied = false, ahead = 0, text = 0 } = {},
): () => LoadRequest {
  const template = encoded(spans, { failed, varied, text });
  const traces = Math.ceil(spans / hops.length);
  const traceIds = times(traces, (n) => offsets(template, Buffer.from(traceMark(n), "hex")));
  const spanIds = times(spans, (n) => offsets(template, Buffer.from(spanMark(n), "hex")));
  const starts = times(spans, (n) => offsets(template, nanoseconds(startMark(n))));
  const ends = times(spans, (n) => offsets(template, nanoseconds(endMark(n))));
  const paths = times(varied ? traces : 0, (n) => offsets(template, Buffer.from(pathMark(n))));
  const peers = times(varied ? spans : 0, (n) => offsets(template, Buffer.from(peerMark(n))));
  return () => {
    const body = Buffer.from(template);
    const random = randomFillSync(Buffer.allocUnsafe(16 * traces + 8 * spans));
    const traceId = (n: number) => random.subarray(16 * n, 16 * n + 16);
    const spanId = (n: number) => random.subarray(16 * traces + 8 * n, 16 * traces + 8 * n + 8);
    const now = moment() + BigInt(ahead) * milliseconds;
    const startOf = hops.map((_, depth) => nanoseconds(now - 100n * milliseconds + BigInt(depth) * later));
    const endOf = hops.map((_, depth) => nanoseconds(now - BigInt(5 * depth) * milliseconds));
    for (let n = 0; n < traces; n++) write(body, traceIds[n]!, traceId(n));
    for (let n = 0; n < spans; n++) {
      write(body, spanIds[n]!, spanId(n));
      write(body, starts[n]!, startOf[n % hops.length]!);
      write(body, ends[n]!, endOf[n % hops.length]!);
    }
    paths.forEach((at) => write(body, at, Buffer.from(randomBytes(8).toString("hex"))));
    peers.forEach((at) => write(body, at, Buffer.from(address())));
    const idsOfTrace = (n: number) =>
      times(Math.min(hops.length, spans - n * hops.length), (i) => spanId(n * hops.length + i).toString("hex"));
    return { body, spanIds: () => new Map(times(traces, (n) => [traceId(n).toString("hex"), idsOfTrace(n)])) };
  };
}

/** An IPv4 address of 14 characters. */
const address = (): string => `10.${[100, 100, 100].map((from) => randomInt(from, 256)).join(".")}`;

let latest = 0n;

/** The present time in nanoseconds, each time a microsecond later at least: Cassandra tells requests apart by that. */
function moment(): bigint {
  const present = BigInt(Date.now()) * milliseconds;
  latest = present > latest ? present : latest + 1_000n;
  return latest;
}

const startMark = (n: number): bigint => epoch + 2n * BigInt(n);
const endMark = (n: number): bigint => epoch + 2n * BigInt(n) + 1n;

/** Attributes of one span and its resource, on average. */
export function attributesOf(spans: number, varying: Varying): number {
  const made = finished(spans, varying);
  const count = (attributes: object): number => Object.keys(attributes).length;
  return made.reduce((sum, span) => sum + count(span.attributes) + count(span.resource.attributes), 0) / made.length;
}

interface Varying {
  readonly failed?: boolean;
  readonly varied?: boolean;
  readonly text?: number;
}

const encoded = (spans: number, varying: Varying): Buffer =>
  Buffer.from(ProtobufTraceSerializer.serializeRequest(finished(spans, varying))!);

function finished(spans: number, { failed = false, varied = false, text = 0 }: Varying): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  let n = 0;
  const idGenerator = {
    generateTraceId: () => traceMark(Math.floor(n / hops.length)),
    generateSpanId: () => spanMark(n),
  };
  const tracers = new Map(
    hops.map(({ service }) => {
      const provider = new TracerProvider({
        resource: resourceFromAttributes({ "service.name": service, "service.version": "1.0.0", "host.name": "load" }),
        sampler: new AlwaysOnSampler(),
        spanProcessors: [new SimpleSpanProcessor({ exporter })],
        idGenerator,
      });
      return [service, provider.getTracer("load")];
    }),
  );
  const pathOf = (span: number): string => pathMark(Math.floor(span / hops.length));
  let parent: Context = ROOT_CONTEXT;
  for (; n < spans; n++) {
    const hop = hops[n % hops.length]!;
    const attributes = {
      "http.request.method": "POST",
      "http.response.status_code": failed ? 500 : 200,
      "server.address": hop.service,
      "server.port": 8080,
      "url.scheme": "http",
      "user_agent.original": "load/1.0",
      ...(varied && { "network.peer.address": peerMark(n) }),
      ...(text > 0 && { "db.query.text": randomText(text) }),
      ...("route" in hop && { "http.route": hop.route, "url.path": varied ? `${hop.route}/${pathOf(n)}` : hop.route }),
    };
    const options = { kind: hop.kind, attributes, startTime: hrTime(startMark(n)) };
    const span = tracers.get(hop.service)!.startSpan(hop.name, options, hop === hops[0] ? ROOT_CONTEXT : parent);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(hrTime(endMark(n)));
    parent = trace.setSpan(ROOT_CONTEXT, span);
  }
  return exporter.getFinishedSpans();
}

const hrTime = (time: bigint): [number, number] => [Number(time / 1_000_000_000n), Number(time % 1_000_000_000n)];

function nanoseconds(time: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64LE(time);
  return bytes;
}

function offsets(within: Buffer, bytes: Buffer): number[] {
  const found: number[] = [];
  for (let at = within.indexOf(bytes); at !== -1; at = within.indexOf(bytes, at + bytes.length)) found.push(at);
  return found;
}

function write(into: Buffer, at: readonly number[], bytes: Buffer): void {
  for (const offset of at) into.set(bytes, offset);
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
