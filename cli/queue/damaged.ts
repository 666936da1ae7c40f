import { closeSync, openSync, readSync, statSync } from "node:fs";

/** As a page begins: 8 bytes of its number, 2 that say what it is, 2 with the count of its elements, 4 with how many pages more it has. */
const [header, element] = [16, 16];
const [branch, leaf] = [1, 2];
const magic = 0xed0cdaed;
/** Where the two pages that say where the rest is have their sum, behind the header. */
const summed = 56;

/**
 * Whether a file of the Collector's queue cannot be read: it asks the same of each page as the Collector does when it starts, which
 * ends it where one is not what it should be. A file without a byte is whole: it has never been written.
 *
 * Source: internal/common/page.go, meta.go and bucket.go of go.etcd.io/bbolt 1.5
 */
export function isDamaged(path: string): boolean {
  const { size } = statSync(path);
  if (size === 0) return false;
  const file = openSync(path, "r");
  const read = (at: number, bytes: number): Buffer => {
    if (at + bytes > size) throw new Damage();
    const buffer = Buffer.alloc(bytes);
    readSync(file, buffer, 0, bytes, at);
    return buffer;
  };
  try {
    const { pageSize, root } = newest(read);
    checkTree(root, (id, bytes) => read(id * pageSize, bytes), { pageSize, pages: size / pageSize });
    return false;
  } catch (error) {
    // The latter where a page says that something lies beyond its end.
    if (error instanceof Damage || error instanceof RangeError) return true;
    throw error;
  } finally {
    closeSync(file);
  }
}

class Damage extends Error {}

type Read = (at: number, bytes: number) => Buffer;

/** Of the first two pages, the one that was written last and whole. */
function newest(read: Read): { readonly pageSize: number; readonly root: number } {
  const metas = [4_096, 8_192, 16_384, 65_536].flatMap((pageSize) =>
    [0, 1].flatMap((page) => {
      const meta = tryRead(read, page * pageSize + header, summed + 8);
      const whole =
        meta !== undefined &&
        meta.readUInt32LE(0) === magic &&
        meta.readUInt32LE(8) === pageSize &&
        meta.readBigUInt64LE(summed) === fnv1a(meta.subarray(0, summed));
      return whole ? [{ pageSize, root: Number(meta.readBigUInt64LE(16)), written: meta.readBigUInt64LE(48) }] : [];
    }),
  );
  const [first, ...others] = metas;
  if (first === undefined) throw new Damage();
  return others.reduce((latest, meta) => (meta.written > latest.written ? meta : latest), first);
}

function tryRead(read: Read, at: number, bytes: number): Buffer | undefined {
  try {
    return read(at, bytes);
  } catch (error) {
    if (error instanceof Damage) return undefined;
    throw error;
  }
}

/** Every page below this one, and those of buckets in it. */
function checkTree(root: number, page: Read, { pageSize, pages }: { pageSize: number; pages: number }): void {
  const left = [root];
  // A damaged file may lead in circles.
  for (let seen = 0; left.length > 0; seen++) {
    if (seen > pages) throw new Damage();
    const id = left.pop()!;
    const head = page(id, header);
    const [kind, count] = [head.readUInt16LE(8), head.readUInt16LE(10)];
    if (head.readBigUInt64LE(0) !== BigInt(id) || (kind !== branch && kind !== leaf)) throw new Damage();
    const whole = page(id, (head.readUInt32LE(12) + 1) * pageSize);
    for (let n = 0; n < count; n++) {
      const at = header + n * element;
      if (kind === branch) left.push(Number(whole.readBigUInt64LE(at + 8)));
      else if ((whole.readUInt32LE(at) & 1) === 1) {
        const value = at + whole.readUInt32LE(at + 4) + whole.readUInt32LE(at + 8);
        const below = Number(whole.readBigUInt64LE(value));
        // A small bucket is in its parent's page.
        if (below !== 0) left.push(below);
      }
    }
  }
}

/** 64 bits. Source: hash/fnv of Go. */
const fnv1a = (bytes: Buffer): bigint =>
  bytes.reduce((sum, byte) => ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn, 0xcbf29ce484222325n);
