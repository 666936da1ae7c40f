import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { field, nestedList, otlpRequest } from "../support/otlp-request";

/** Bodies that ask more of a Collector than they are long. */

const text = (id: number, value: string): Buffer => field(id, Buffer.from(value));
/** The same field again and again. */
const times = (count: number, part: Buffer): Buffer => Buffer.alloc(count * part.length, part);
const nothing = (id: number): Buffer => field(id);

/** What a resource, its scope, and one span, metric or record have around them. */
const inItem = (...parts: readonly Buffer[]): Buffer => field(1, field(2, field(2, ...parts)));
const inPoint = (kind: number, ...parts: readonly Buffer[]): Buffer => inItem(field(kind, field(1, ...parts)));
const inValue = (value: Buffer): Buffer => inItem(field(9, text(1, "deep"), field(2, value)));

/** Maps inside each other: one entry each. */
function nestedMaps(levels: number): Buffer {
  const heads: Buffer[] = [];
  for (let length = 0, i = 0; i < levels; i++) {
    for (const id of [2, 1, 6]) {
      const head = headOf(id, length);
      length += head.length;
      heads.push(head);
    }
  }
  return Buffer.concat(heads.reverse());
}

/** Tag and length of a field that holds so many bytes. */
function headOf(id: number, length: number): Buffer {
  const bytes = [(id << 3) | 2];
  for (let rest = length; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const million = 1_000_000;

/** What decodes into many times its size, by signal. All of them are below the largest request. */
export const swelling = {
  "empty resources": ["traces", times(4 * million, nothing(1))],
  "empty resources of metrics": ["metrics", times(4 * million, nothing(1))],
  "empty resources of logs": ["logs", times(4 * million, nothing(1))],
  "empty scopes": ["traces", field(1, times(4 * million, nothing(2)))],
  "scopes by their old number": ["traces", field(1, times(2 * million, Buffer.of(0xc2, 0x3e, 0)))],
  "empty spans": ["traces", field(1, field(2, times(4 * million, nothing(2))))],
  "empty attributes": ["traces", inItem(times(4 * million, nothing(9)))],
  "empty attributes of a resource": ["traces", field(1, field(1, times(4 * million, nothing(1))))],
  "empty events": ["traces", inItem(times(4 * million, nothing(11)))],
  "empty links": ["traces", inItem(times(4 * million, nothing(13)))],
  "entities of a resource": ["traces", field(1, field(1, times(4 * million, nothing(3))))],
  "values of a list": ["traces", inValue(field(5, times(4 * million, nothing(1))))],
  "empty metrics": ["metrics", field(1, field(2, times(4 * million, nothing(2))))],
  "empty points": ["metrics", inItem(field(5, times(4 * million, nothing(1))))],
  exemplars: ["metrics", inPoint(7, times(4 * million, nothing(5)))],
  quantiles: ["metrics", inPoint(11, times(4 * million, nothing(6)))],
  "buckets of an exponential histogram": ["metrics", inPoint(10, field(8, field(2, Buffer.alloc(7 * million))))],
  "empty records": ["logs", field(1, field(2, times(4 * million, nothing(2))))],
  "entries of a map": ["logs", inItem(field(5, field(6, times(4 * million, nothing(1)))))],
} satisfies Readonly<Record<string, readonly [string, Buffer]>>;

/** What calls itself again for each of its levels. */
export const nesting = {
  "60,000 lists": ["traces", inValue(nestedList(60_000))],
  "60,000 maps": ["traces", inValue(nestedMaps(60_000))],
  "60,000 lists in a line": ["logs", inItem(field(5, nestedList(60_000)))],
  "60,000 lists in a resource": [
    "metrics",
    field(1, field(1, field(1, text(1, "deep"), field(2, nestedList(60_000))))),
  ],
  "a million groups": ["traces", Buffer.alloc(million, Buffer.of((15 << 3) | 3))],
} satisfies Readonly<Record<string, readonly [string, Buffer]>>;

/** Within every limit, and as much to decode as one sender may have at once: 57 MB of 64 MiB. */
export const nearlyTooMuch = field(
  1,
  field(1, field(1, text(1, "service.name"), field(2, text(1, "unheard-0")))),
  field(2, times(29, field(2, field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 1)), times(9_000, nothing(9))))),
);

export const longName = inItem(field(9, text(1, "k".repeat(million)), field(2, text(1, "v"))));

/** So many spans of services that nobody has heard of, one each. */
export const newServices = (from: number, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      otlpRequest(`unheard-${from + i}`, [{ name: "GET /", traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 1) }]),
    ),
  );

const mebibyte = 1_048_576;

/** So many MiB of nothing, compressed once and then again and again: decompressors read what follows as more of it. */
const bomb = (compress: (body: Buffer) => Buffer, mebibytes: number): Buffer => {
  const part = compress(Buffer.alloc(64 * mebibyte));
  return Buffer.concat(Array.from({ length: Math.ceil(mebibytes / 64) }, () => part));
};

/** Snappy: its length, a zero, and copies of 64 bytes of it. */
function snappyBomb(mebibytes: number): Buffer {
  const length = mebibytes * mebibyte;
  const copies = Math.ceil((length - 1) / 64);
  return Buffer.concat([
    headOf(0, length).subarray(1),
    Buffer.of(0, 0),
    Buffer.alloc(3 * copies, Buffer.of((63 << 2) | 2, 1, 0)),
  ]);
}

export const bombs = {
  "gzip, 64 MiB": ["gzip", bomb(gzipSync, 64)],
  "gzip, 2 GiB": ["gzip", bomb(gzipSync, 2_048)],
  "zstd, 64 MiB": ["zstd", bomb(zstdCompressSync, 64)],
  "zstd, 2 GiB": ["zstd", bomb(zstdCompressSync, 2_048)],
  "zstd with a window of 2 GiB": ["zstd", Buffer.from("28b52ffd00a8010000", "hex")],
  "deflate, 64 MiB": ["deflate", bomb(deflateSync, 64)],
  "snappy, 64 MiB": ["snappy", snappyBomb(64)],
  "snappy that says 4 GiB": ["snappy", Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0)],
} satisfies Readonly<Record<string, readonly [string, Buffer]>>;

export const deepJson = Buffer.from(`{"resourceSpans":${"[".repeat(million)}`);
export const emptyJson = Buffer.from(`{"resourceSpans":[${"{},".repeat(2.5 * million)}{}]}`);
export const manySpansJson = Buffer.from(
  `{"resourceSpans":[{"scopeSpans":[{"spans":[${"{},".repeat(2.5 * million)}{}]}]}]}`,
);
