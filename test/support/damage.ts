import { closeSync, fstatSync, openSync, writeSync } from "node:fs";

const page = 4_096;

/** What a disk does that fails: the file has zeros where every third page was, but for the first two. */
export function damage(path: string): void {
  const file = openSync(path, "r+");
  for (let at = 2 * page; at < fstatSync(file).size; at += 3 * page) writeSync(file, Buffer.alloc(page), 0, page, at);
  closeSync(file);
}
