import { createReadStream } from "node:fs";
import { Header } from "tar";

/** Something in a tar archive: a folder where it has no content and is no link. */
export interface Entry {
  /** Without a leading slash. */
  readonly path: string;
  readonly mode: number;
  readonly owner: number;
  /** @default - the number of the owner */
  readonly group?: number;
  /** @default - a folder, or a link */
  readonly content?: string | { readonly file: string; readonly size: number };
  /** Where a symbolic link leads. */
  readonly link?: string;
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

function header({ path, mode, owner, group = owner, content, link }: Entry, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const type = link !== undefined ? "SymbolicLink" : content === undefined ? "Directory" : "File";
  const linked = link === undefined ? {} : { linkpath: link };
  const fields = { path, mode, uid: owner, gid: group, size, mtime: new Date(0), type, ...linked } as const;
  if (new Header(fields).encode(bytes)) throw new Error(`too long a name for this archive: ${path}`);
  return bytes;
}
