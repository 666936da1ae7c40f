import { randomBytes } from "node:crypto";
import { requestsOf } from "../support/load-request";

/** A span that some store could refuse, or break at, though OTLP allows it. */
export interface Poison {
  readonly traceId: string;
  readonly spanId: string;
  /** OTLP request with this span alone. */
  readonly body: Buffer;
  readonly contentType: "application/json" | "application/x-protobuf";
}

type Json = { readonly [key: string]: unknown };

const text = (key: string, stringValue: string): Json => ({ key, value: { stringValue } });
const id = (bytes: number): string => randomBytes(bytes).toString("hex");
const nested = (depth: number): Json =>
  depth === 0 ? { stringValue: "leaf" } : { kvlistValue: { values: [{ key: "deeper", value: nested(depth - 1) }] } };
const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

interface Changes {
  readonly span?: (at: bigint) => Json;
  readonly attributes?: readonly Json[];
  readonly resource?: readonly Json[];
  readonly scope?: Json;
}

const oneDay = 86_400_000_000_000n;

function changed({ span, attributes = [], resource, scope = {} }: Changes): () => Poison {
  return () => {
    const at = BigInt(Date.now() - 60_000) * 1_000_000n;
    const made = {
      traceId: id(16),
      spanId: id(8),
      name: "poison",
      kind: 2,
      startTimeUnixNano: String(at),
      endTimeUnixNano: String(at + 1_000_000n),
      attributes: [text("exam.poison", "yes"), ...attributes],
      ...span?.(at),
    };
    const request = {
      resourceSpans: [
        {
          resource: { attributes: resource ?? [text("service.name", "exam-poison")] },
          scopeSpans: [{ scope, spans: [made] }],
        },
      ],
    };
    const body = Buffer.from(JSON.stringify(request));
    return { traceId: made.traceId, spanId: made.spanId, body, contentType: "application/json" };
  };
}

const service = text("service.name", "exam-poison");
const withText = (bytes: number): string => "é".repeat(bytes / 2);

/** A request in which some bytes of a text are none of UTF-8. */
function notUtf8(within: string): () => Poison {
  const make = requestsOf(1);
  return () => {
    const { body, spanIds } = make();
    const [[traceId, ids]] = [...spanIds()] as [[string, string[]]];
    for (let at = body.indexOf(within); at !== -1; at = body.indexOf(within, at + 1)) body.set([0xff, 0xfe], at);
    return { traceId, spanId: ids[0]!, body, contentType: "application/x-protobuf" };
  };
}

/** One of each kind, by what is odd about it. */
export const poisons = {
  "a text of 70,000 bytes": changed({ attributes: [text("exam.long", withText(70_000))] }),
  "a text of 5 MB": changed({ attributes: [text("exam.long", withText(5_000_000))] }),
  "a text of 15 MB": changed({ attributes: [text("exam.long", withText(15_000_000))] }),
  "a name of an attribute of 300 bytes": changed({ attributes: [text("k".repeat(300), "v")] }),
  "a name of an attribute of 70,000 bytes": changed({ attributes: [text("k".repeat(70_000), "v")] }),
  "an attribute without a name": changed({ attributes: [text("", "v")] }),
  "an attribute twice": changed({ attributes: [text("twice", "1"), text("twice", "2")] }),
  "an attribute without a value": changed({ attributes: [{ key: "none", value: {} }] }),
  "an attribute named as fields are": changed({
    attributes: [
      text("error", "perhaps"),
      text("span.kind", "other"),
      text("duration", "x"),
      text("a", "1"),
      text("a.b", "2"),
    ],
  }),
  "2,000 attributes": changed({ attributes: many(2_000, (n) => text(`exam.${n}`, String(n))) }),
  "attributes 50 deep": changed({ attributes: [{ key: "deep", value: nested(50) }] }),
  "attributes 500 deep": changed({ attributes: [{ key: "deep", value: nested(500) }] }),
  "a list of 20,000 numbers": changed({
    attributes: [{ key: "list", value: { arrayValue: { values: many(20_000, (n) => ({ intValue: String(n) })) } } }],
  }),
  "70,000 bytes that are no text": changed({
    attributes: [{ key: "bytes", value: { bytesValue: Buffer.alloc(70_000, 7).toString("base64") } }],
  }),
  "a number that is none": changed({ attributes: [{ key: "nan", value: { doubleValue: "NaN" } }] }),
  "an infinite number": changed({ attributes: [{ key: "infinite", value: { doubleValue: "-Infinity" } }] }),
  "the largest numbers": changed({
    attributes: [
      { key: "largest", value: { intValue: "9223372036854775807" } },
      { key: "least", value: { intValue: "-9223372036854775808" } },
      { key: "double", value: { doubleValue: 1.7976931348623157e308 } },
    ],
  }),
  "characters of zero": changed({ span: () => ({ name: "a\u0000b" }), attributes: [text("nul", "\u0000")] }),
  "a text that is not UTF-8": notUtf8("load/1.0"),
  "a name that is not UTF-8": notUtf8("POST /checkout"),
  "a service that is not UTF-8": notUtf8("load-shop"),
  "a span without a name": changed({ span: () => ({ name: "" }) }),
  "a service without a name": changed({ resource: [text("service.name", "")] }),
  "no resource": changed({ resource: [] }),
  "a service of 70,000 bytes": changed({ resource: [text("service.name", withText(70_000))] }),
  "a service that is a number": changed({ resource: [{ key: "service.name", value: { intValue: "7" } }] }),
  "a name of 70,000 bytes": changed({ span: () => ({ name: withText(70_000) }) }),
  "a message of 70,000 bytes": changed({ span: () => ({ status: { code: 2, message: withText(70_000) } }) }),
  "a trace state of 70,000 bytes": changed({ span: () => ({ traceState: `a=${withText(70_000)}` }) }),
  "a scope of 70,000 bytes": changed({ scope: { name: withText(70_000), version: withText(70_000) } }),
  "a resource of 70,000 bytes": changed({ resource: [service, text("exam.long", withText(70_000))] }),
  "an event of 70,000 bytes": changed({
    span: (at) => ({ events: [{ timeUnixNano: String(at), name: withText(70_000) }] }),
  }),
  "an event with a number that is none": changed({
    span: (at) => ({
      events: [{ timeUnixNano: String(at), name: "e", attributes: [{ key: "nan", value: { doubleValue: "NaN" } }] }],
    }),
  }),
  "5,000 events": changed({
    span: (at) => ({ events: many(5_000, (n) => ({ timeUnixNano: String(at), name: `event ${n}` })) }),
  }),
  "2,000 links": changed({ span: () => ({ links: many(2_000, () => ({ traceId: id(16), spanId: id(8) })) }) }),
  "a link to nothing": changed({ span: () => ({ links: [{ traceId: "", spanId: "" }] }) }),
  "an event at no time": changed({ span: () => ({ events: [{ timeUnixNano: "0", name: "e" }] }) }),
  "no times": changed({ span: () => ({ startTimeUnixNano: "0", endTimeUnixNano: "0" }) }),
  "an end before its beginning": changed({ span: (at) => ({ endTimeUnixNano: String(at - oneDay) }) }),
  "a beginning ten years ago": changed({
    span: (at) => ({
      startTimeUnixNano: String(at - 3_650n * oneDay),
      endTimeUnixNano: String(at - 3_650n * oneDay + 1_000n),
    }),
  }),
  "a beginning in 200 years": changed({
    span: (at) => ({
      startTimeUnixNano: String(at + 73_000n * oneDay),
      endTimeUnixNano: String(at + 73_000n * oneDay + 1_000n),
    }),
  }),
  "the last time there is": changed({
    span: () => ({ startTimeUnixNano: "18446744073709551614", endTimeUnixNano: "18446744073709551615" }),
  }),
  "the longest duration": changed({
    span: () => ({ startTimeUnixNano: "0", endTimeUnixNano: "18446744073709551615" }),
  }),
  "a kind and a status nobody knows": changed({ span: () => ({ kind: 99, status: { code: 99 } }) }),
  "a parent that is itself": changed({
    span: () => ({ spanId: "00000000000000aa", parentSpanId: "00000000000000aa" }),
  }),
  "no id of a span": changed({ span: () => ({ spanId: "" }) }),
  // OTLP does not allow it. Of a service of its own: Jaeger 2.13 answers 500 where a search in OpenSearch meets it.
  "no id of a trace": changed({ span: () => ({ traceId: "" }), resource: [text("service.name", "exam-nowhere")] }),
} satisfies Record<string, () => Poison>;
