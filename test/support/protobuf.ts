/** One field of a protobuf message: its number, and its bytes or its number as written. */
export type Field = { readonly id: number; readonly bytes: Buffer } | { readonly id: number; readonly number: bigint };

/**
 * The fields of a protobuf message, without knowing its type.
 *
 * Source: protobuf.dev/programming-guides/encoding
 */
export function* fields(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError("protobuf message ends inside a field");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new RangeError("protobuf message ends inside a field");
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const id = tag >> 3;
    switch (tag & 7) {
      case 0:
        yield { id, number: varint() };
        break;
      case 1:
        yield { id, number: take(8).readBigUInt64LE() };
        break;
      case 2:
        yield { id, bytes: take(Number(varint())) };
        break;
      case 5:
        yield { id, number: BigInt(take(4).readUInt32LE()) };
        break;
      default:
        throw new RangeError(`protobuf field ${id} has unknown wire type ${tag & 7}`);
    }
  }
}

/** All values of one field that hold bytes: sub-messages, texts, ids. */
export const all = (message: Buffer, id: number): Buffer[] =>
  [...fields(message)].flatMap((field) => (field.id === id && "bytes" in field ? [field.bytes] : []));

/** The bytes of one field; empty where it is left out. */
export const one = (message: Buffer, id: number): Buffer => all(message, id).at(-1) ?? Buffer.alloc(0);
