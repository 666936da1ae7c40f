/** Attributes of a span or a resource, all of them texts. */
type Texts = Readonly<Record<string, string>>;

/** A span as `otlpRequest` writes it: of now, and a millisecond long. */
export interface WrittenSpan {
  readonly name: string;
  /** 16 bytes. */
  readonly traceId: Buffer;
  /** 8 bytes. */
  readonly spanId: Buffer;
  /** As OTLP numbers them. @default 2, a server's */
  readonly kind?: number;
  readonly failed?: boolean;
  /** How far its clock is ahead, in milliseconds. @default 0 */
  readonly ahead?: number;
  readonly attributes?: Texts;
  /** Fields as they are. @default - none */
  readonly more?: readonly Buffer[];
}

/**
 * Spans of one service as an OTLP request, written field by field: names that differ in each span cost little then.
 *
 * Source: opentelemetry/proto/trace/v1/trace.proto, protobuf.dev/programming-guides/encoding
 */
export const otlpRequest = (service: string, spans: readonly WrittenSpan[]): Buffer =>
  field(
    1,
    field(1, ...attributes(1, { "service.name": service })),
    field(2, ...spans.map((span) => field(2, ...written(span)))),
  );

const written = ({
  name,
  traceId,
  spanId,
  kind = 2,
  failed = false,
  ahead = 0,
  attributes: texts = {},
  more = [],
}: WrittenSpan): Buffer[] => {
  const now = BigInt(Date.now() + ahead) * 1_000_000n;
  return [
    field(1, traceId),
    field(2, spanId),
    field(5, Buffer.from(name)),
    Buffer.of(6 << 3, kind),
    time(7, now - 1_000_000n),
    time(8, now),
    ...attributes(9, texts),
    ...more,
    ...(failed ? [field(15, Buffer.of(3 << 3, 2))] : []),
  ];
};

const attributes = (id: number, texts: Texts): Buffer[] =>
  Object.entries(texts).map(([key, text]) =>
    field(id, field(1, Buffer.from(key)), field(2, field(1, Buffer.from(text)))),
  );

/** A value that is a list with a list in it, and so on, as many levels deep. */
export function nestedList(levels: number): Buffer {
  const heads: Buffer[] = [];
  for (let length = 0, i = 0; i < levels; i++) {
    const list = head(1, length);
    const value = head(5, length + list.length);
    heads.push(list, value);
    length += list.length + value.length;
  }
  return Buffer.concat(heads.reverse());
}

/** A field that holds bytes: a text, an id, a message. */
export function field(id: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([head(id, length), ...parts]);
}

const head = (id: number, length: number): Buffer => Buffer.concat([varint((id << 3) | 2), varint(length)]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A field that holds a time, in nanoseconds since 1970. */
export function time(id: number, nanoseconds: bigint): Buffer {
  const bytes = Buffer.alloc(9, (id << 3) | 1);
  bytes.writeBigUInt64LE(nanoseconds, 1);
  return bytes;
}
