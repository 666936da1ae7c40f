import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bodyOf, itemsOf } from "../../support/otlp-sink";
import { all, fields, one } from "../../support/protobuf";

/** A span as it arrived, with its attributes. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: "INTERNAL" | "SERVER" | "CLIENT" | "PRODUCER" | "CONSUMER" | "UNSPECIFIED";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly resource: Readonly<Record<string, string | number>>;
}

/** A receiver of traces over OTLP/HTTP that also answers with sampling strategies. */
export interface Sink {
  readonly url: string;
  readonly spans: Span[];
  readonly metrics: string[];
  /** What is answered to whoever asks for strategies. */
  strategies: unknown;
  /** How often somebody did. */
  asked: number;
  /** Waits for so many spans. */
  received(count: number): Promise<readonly Span[]>;
  close(): void;
}

export async function sink(): Promise<Sink> {
  const [spans, metrics]: [Span[], string[]] = [[], []];
  let arrived = () => {};
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith("/sampling")) {
      result.asked++;
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result.strategies));
      return;
    }
    const message = await bodyOf(request);
    if (request.url === "/v1/traces") spans.push(...spansOf(message));
    if (request.url === "/v1/metrics") metrics.push(...itemsOf(message).map(({ item }) => one(item, 1).toString()));
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    arrived();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const result: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    metrics,
    strategies: {},
    asked: 0,
    received: (count) =>
      new Promise((resolve) => {
        arrived = () => {
          if (spans.length >= count) resolve(spans);
        };
        arrived();
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return result;
}

const kinds = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"] as const;

const spansOf = (message: Buffer): Span[] =>
  itemsOf(message).map(({ resource, item }) => ({
    traceId: one(item, 1).toString("hex"),
    spanId: one(item, 2).toString("hex"),
    parentSpanId: one(item, 4).toString("hex"),
    name: one(item, 5).toString(),
    kind: kinds[number(item, 6)]!,
    attributes: attributes(item, 9),
    resource: attributes(resource, 1),
  }));

/** Texts and whole numbers; other values are empty texts. */
const attributes = (message: Buffer, id: number): Record<string, string | number> =>
  Object.fromEntries(
    all(message, id).map((pair) => {
      const value = one(pair, 2);
      const whole = [...fields(value)].find((field) => field.id === 3);
      return [one(pair, 1).toString(), whole ? number(value, 3) : one(value, 1).toString()];
    }),
  );

function number(message: Buffer, id: number): number {
  for (const field of fields(message)) if (field.id === id && "number" in field) return Number(field.number);
  return 0;
}
