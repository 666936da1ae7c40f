import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { all, fields, one } from "./protobuf";

/** A span as it arrived. Ids are in hexadecimal. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** Attributes that are texts. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ReceivedLog {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly body: string;
}

export interface ReceivedMetric {
  readonly service: string;
  readonly name: string;
  /** Values of a gauge; none for other kinds. */
  readonly values: readonly number[];
}

export interface Reply {
  readonly status: number;
  readonly body?: Buffer;
}

/** An OTLP/HTTP receiver on 127.0.0.1 that keeps what it accepts in memory. */
export interface Sink {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  readonly logs: ReceivedLog[];
  readonly metrics: ReceivedMetric[];
  /** `authorization` of each request, refused ones included. */
  readonly authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/**
 * Starts a sink.
 *
 * @param reply answer to the n-th request, from 0; what it answers with another status than 200 is not kept
 * @param port @default - any free one
 */
export async function otlpSink(reply: (n: number) => Reply = () => ({ status: 200 }), port = 0): Promise<Sink> {
  const sink = {
    spans: [] as ReceivedSpan[],
    logs: [] as ReceivedLog[],
    metrics: [] as ReceivedMetric[],
    authorizations: [] as (string | undefined)[],
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((message) => {
      const { status, body } = reply(sink.authorizations.length);
      sink.authorizations.push(request.headers.authorization);
      if (status === 200) {
        if (request.url?.endsWith("/v1/traces")) sink.spans.push(...spansOf(message));
        if (request.url?.endsWith("/v1/logs")) sink.logs.push(...logsOf(message));
        if (request.url?.endsWith("/v1/metrics")) sink.metrics.push(...metricsOf(message));
      }
      response.writeHead(status, { "content-type": "application/x-protobuf" }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const { port: chosen } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { ...sink, url: `http://127.0.0.1:${chosen}`, close };
}

/** A request without its compression. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const raw = Buffer.concat(await request.toArray());
  if (request.headers["content-encoding"] === "gzip") return gunzipSync(raw);
  if (request.headers["content-encoding"] === "zstd") return zstdDecompressSync(raw);
  return raw;
}

/** What `Export…ServiceRequest` holds: items of each resource, beside it. */
export const itemsOf = (message: Buffer): { resource: Buffer; item: Buffer }[] =>
  all(message, 1).flatMap((perResource) => {
    const resource = one(perResource, 1);
    return all(perResource, 2).flatMap((perScope) => all(perScope, 2).map((item) => ({ resource, item })));
  });

/** Attributes that are texts, of each resource of a request. */
export const resourcesOf = (message: Buffer): Record<string, string>[] =>
  all(message, 1).map((perResource) => textsOf(one(perResource, 1), 1));

const serviceOf = (resource: Buffer): string => textsOf(resource, 1)["service.name"] ?? "";

const textsOf = (holder: Buffer, id: number): Record<string, string> =>
  Object.fromEntries(all(holder, id).map((pair) => [one(pair, 1).toString(), one(one(pair, 2), 1).toString()]));

const spansOf = (message: Buffer): ReceivedSpan[] =>
  itemsOf(message).map(({ resource, item }) => ({
    service: serviceOf(resource),
    traceId: one(item, 1).toString("hex"),
    spanId: one(item, 2).toString("hex"),
    parentSpanId: one(item, 4).toString("hex"),
    name: one(item, 5).toString(),
    texts: textsOf(item, 9),
  }));

const logsOf = (message: Buffer): ReceivedLog[] =>
  itemsOf(message).map(({ resource, item }) => ({
    service: serviceOf(resource),
    traceId: one(item, 9).toString("hex"),
    spanId: one(item, 10).toString("hex"),
    body: one(one(item, 5), 1).toString(),
  }));

const metricsOf = (message: Buffer): ReceivedMetric[] =>
  itemsOf(message).map(({ resource, item }) => ({
    service: serviceOf(resource),
    name: one(item, 1).toString(),
    values: all(one(item, 5), 1).flatMap(valueOf),
  }));

/** Value of a point: `as_double` or `as_int`, both eight bytes. */
function valueOf(point: Buffer): number[] {
  return [...fields(point)].flatMap((field) => {
    if (!("number" in field)) return [];
    if (field.id === 6) return [Number(BigInt.asIntN(64, field.number))];
    return field.id === 4 ? [new Float64Array(BigUint64Array.of(field.number).buffer)[0]!] : [];
  });
}
