import { randomBytes } from "node:crypto";
import { field, nestedList, otlpRequest, type WrittenSpan } from "../support/otlp-request";

/* Fields of OTLP that no SDK writes. Source: opentelemetry/proto/*.proto */

const text = (value: string | Buffer): Buffer => field(1, Buffer.from(value));
const double = (id: number, value: number): Buffer => {
  const bytes = Buffer.alloc(9, (id << 3) | 1);
  bytes.writeDoubleLE(value, 1);
  return bytes;
};
const fixed = (id: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(9, (id << 3) | 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
};
/** A number below 128, as enumerations are. */
const small = (id: number, value: number): Buffer => Buffer.of(id << 3, value);
const pair = (key: string | Buffer, value: Buffer): Buffer =>
  Buffer.concat([field(1, Buffer.from(key)), field(2, value)]);

const [hour, day] = [3_600_000, 86_400_000];
/** The time that is so many milliseconds ahead. */
const time = (id: number, ahead = 0): Buffer => fixed(id, BigInt(Date.now() + ahead) * 1_000_000n);
/** No text in UTF-8. */
const broken = Buffer.from([0x66, 0xff, 0xfe, 0x6f]);
const attribute = (key: string | Buffer, value: Buffer): Partial<WrittenSpan> => ({
  more: [field(9, pair(key, value))],
});

/** Spans, by what is wrong with them. */
export const spans: Readonly<Record<string, Partial<WrittenSpan>>> = {
  nan: attribute("value", double(4, NaN)),
  infinity: attribute("value", double(4, Infinity)),
  "broken value": attribute("value", text(broken)),
  "broken key": attribute(broken, text("value")),
  "empty key": attribute("", text("value")),
  "broken name": { more: [field(5, broken)] },
  "64 KiB": attribute("value", text("x".repeat(65_536))),
  nested: attribute("value", nestedList(1_000)),
  "other types": attribute("http.response.status_code", text("five hundred")),
  "unknown kind": { kind: 99, more: [field(15, small(3, 77))] },
  "no name": { name: "" },
  "an hour early": { ahead: hour },
  "a year late": { ahead: -365 * day },
  "begins at 0": { more: [fixed(7, 0n), fixed(8, 0n)] },
  "begins in the year 2200": { more: [fixed(7, 7_258_118_400n * 10n ** 9n), fixed(8, 7_258_118_400n * 10n ** 9n)] },
};

/** Log records by their bodies, or by what is wrong with them where they have none. */
export const lines: Readonly<Record<string, readonly Buffer[]>> = {
  NaN: [field(5, double(4, NaN))],
  "broken value": [field(5, text("broken value")), field(6, pair("value", text(broken)))],
  "empty key": [field(5, text("empty key")), field(6, pair("", text("value")))],
  "unknown severity": [field(5, text("unknown severity")), small(2, 99)],
  nested: [field(5, text("nested")), field(6, pair("value", nestedList(1_000)))],
  "an hour early": [field(5, text("an hour early")), time(1, hour)],
};

const gauge = (name: string | Buffer, ...point: readonly Buffer[]): Buffer =>
  Buffer.concat([field(1, Buffer.from(name)), field(5, field(1, double(4, 1), ...point))]);
const label = (key: string, value: string | Buffer): Buffer => field(7, pair(key, text(value)));
const sum = (name: string, temporality: number): Buffer =>
  Buffer.concat([field(1, Buffer.from(name)), field(7, field(1, time(3), double(4, 1)), small(2, temporality))]);

/** Metrics of one point each, by the name that they have in Prometheus. */
export const stored: Readonly<Record<string, Buffer>> = {
  poison_nan: gauge("poison_nan", time(3), double(4, NaN)),
  poison_label: gauge("poison_label", time(3), label("value", broken)),
  poison_empty_key: gauge("poison_empty_key", time(3), label("", "value")),
  poison_key_of_signs: gauge("poison_key_of_signs", time(3), label("###", "value")),
  poison_key_twice: gauge("poison_key_twice", time(3), label("key", "1"), label("key", "2")),
  poison_large: gauge("poison_large", time(3), label("value", "x".repeat(65_536))),
  poison_many: gauge("poison_many", time(3), ...Array.from({ length: 500 }, (_, n) => label(`key${n}`, "1"))),
  poison_early: gauge("poison_early", time(3, hour)),
  poison_2200: gauge("poison_2200", fixed(3, 7_258_118_400n * 10n ** 9n)),
  poison_at_0: gauge("poison_at_0", fixed(3, 0n)),
  poison_no_temporality: sum("poison_no_temporality", 0),
  poison_temporality_9: sum("poison_temporality_9", 9),
  unnamed: gauge("", time(3)),
};
/** Metrics that are taken and dropped, each with its point or none. */
export const unfit: Readonly<Record<string, Buffer>> = {
  "no data": field(1, Buffer.from("poison_no_data")),
  "two days old": gauge("poison_old", time(3, -2 * day)),
  // The scale is -100, in zigzag.
  "too coarse": Buffer.concat([
    field(1, Buffer.from("poison_coarse")),
    field(10, field(1, time(3), Buffer.of(6 << 3, 0xc7, 0x01)), small(2, 2)),
  ]),
};

/** The service that all of it is of. */
export const poisonous = "poison";

const resource = field(1, field(1, pair("service.name", text(poisonous))));

/** One trace of all spans, and its id. */
export function spanRequest(): {
  readonly body: Buffer;
  readonly traceId: string;
  readonly spanIds: readonly string[];
} {
  const traceId = randomBytes(16);
  const all = Object.values(spans).map((span) => ({
    name: "poison",
    traceId,
    spanId: randomBytes(8),
    failed: true,
    ...span,
  }));
  const spanIds = all.map(({ spanId }) => spanId.toString("hex"));
  return { body: otlpRequest(poisonous, all), traceId: traceId.toString("hex"), spanIds };
}

/** The service whose spans lack an id. */
export const nameless = "without-ids";

/** Two spans without the id of a trace, and two of one trace without one of their own; all begin at the same moment. */
export function spansWithoutIds(): Buffer {
  const now = time(7);
  const span = (traceId: Buffer, spanId: Buffer): WrittenSpan => ({
    name: "poison",
    traceId,
    spanId,
    failed: true,
    more: [now],
  });
  const trace = randomBytes(16);
  return otlpRequest(nameless, [
    span(Buffer.alloc(16), randomBytes(8)),
    span(Buffer.alloc(0), randomBytes(8)),
    span(trace, Buffer.alloc(8)),
    span(trace, Buffer.alloc(0)),
  ]);
}

export const lineRequests = (): Buffer[] =>
  Object.values(lines).map((record) => field(1, resource, field(2, field(2, time(1), ...record))));

export const pointRequests = (): Buffer[] =>
  Object.values({ ...stored, ...unfit }).map((metric) => field(1, resource, field(2, field(2, metric))));
