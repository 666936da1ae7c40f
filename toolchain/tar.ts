import { createReadStream } from "node:fs";
import { Header } from "tar";

/** Something in a tar archive: a folder where it has no content. */
export interface Entry {
  /** Without a leading slash. */
  readonly path: string;
  readonly mode: number;
  readonly owner: number;
  /** @default - a folder */
  readonly content?: string | { readonly file: string; readonly size: number };
}

const block = 512;

/** A tar archive of these entries, in this order. The same entries give the same bytes: time stamps are zero. */
export async function* tar(entries: Iterable<Entry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const size = sizeOf(entry);
    yield header(entry, size);
    if (typeof entry.content === "string") yield Buffer.from(entry.content);
    else if (entry.content !== undefined) yield* createReadStream(entry.content.file, { highWaterMark: 1 << 20 });
    yield Buffer.alloc((block - (size % block)) % block);
  }
  yield Buffer.alloc(2 * block);
}

const sizeOf = ({ content }: Entry): number =>
  content === undefined ? 0 : typeof content === "string" ? Buffer.byteLength(content) : content.size;

function header({ path, mode, owner, content }: Entry, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const type = content === undefined ? "Directory" : "File";
  new Header({ path, mode, uid: owner, gid: owner, size, mtime: new Date(0), type }).encode(bytes);
  return bytes;
}
