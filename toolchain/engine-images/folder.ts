import { lstat, readdir, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "../tar";

export interface FolderOptions {
  /** Where its content goes, without a leading slash. @default - the root */
  readonly at?: string;
  /** Paths in it that are left out, with all below them. */
  readonly without?: RegExp;
  /** Links are replaced by what they lead to, where that is there: it lies elsewhere. @default - they stay links */
  readonly follow?: true;
}

/** Everything in a folder as entries of a tar archive, in the order of their names, owned by root. */
export async function folderEntries(folder: string, options: FolderOptions = {}): Promise<Entry[]> {
  const { at = "", without, follow } = options;
  const entries: Entry[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      const path = join(below, name);
      if (without?.test(path)) continue;
      const source = join(folder, path);
      const found = await (follow ? stat : lstat)(source).catch(() => undefined);
      if (found === undefined) continue;
      const entry = { path: join(at, path), mode: found.mode & 0o7777, owner: 0 };
      if (found.isDirectory()) {
        entries.push({ ...entry, path: `${entry.path}/` });
        await walk(path);
      } else if (found.isSymbolicLink()) {
        entries.push({ ...entry, mode: 0o777, link: await readlink(source) });
      } else if (found.isFile()) {
        entries.push({ ...entry, content: { file: source, size: found.size } });
      }
    }
  };
  await walk("");
  return entries;
}
