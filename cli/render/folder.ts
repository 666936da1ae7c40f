import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../../components/core/problems";
import { filesUnder, type Rendered } from "../../stacks/rendered";

/** Lists the files of a folder that were written here: nothing else is ever changed or removed. */
export const marker = ".sightline-rendered";

/**
 * Makes a folder hold exactly these files.
 *
 * @throws Refusal where it holds a file that was not written here
 */
export function writeOwned(files: Rendered, folder: string): { changed: string[]; removed: string[] } {
  const at = (path: string) => join(folder, path);
  const there = filesUnder(folder).filter((path) => path !== marker && !path.startsWith(".git/"));
  const ours = existsSync(at(marker)) ? readFileSync(at(marker), "utf8").split("\n") : [];
  const foreign = there.filter((path) => !ours.includes(path));
  refuse(
    "folder",
    foreign.slice(0, 5).map((path) => ({
      path: "--to",
      value: folder,
      reason: `${path} in it was not written by this command`,
      remedy: "choose an empty folder, or one that this command wrote",
    })),
  );

  const removed = there.filter((path) => !(path in files));
  for (const path of removed) remove(folder, path);
  // The list first: whatever is written after it is known as ours, even if this process ends on the way.
  mkdirSync(folder, { recursive: true });
  writeFileSync(at(marker), `${Object.keys(files).sort().join("\n")}\n`);
  const changed = Object.entries(files).filter(
    ([path, text]) => !existsSync(at(path)) || readFileSync(at(path), "utf8") !== text,
  );
  for (const [path, text] of changed) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  return { changed: changed.map(([path]) => path), removed };
}

/** Removes a file, and the folders it leaves empty. */
function remove(folder: string, path: string): void {
  rmSync(join(folder, path));
  for (let parent = dirname(path); parent !== "." && readdirSync(join(folder, parent)).length === 0;) {
    rmdirSync(join(folder, parent));
    parent = dirname(parent);
  }
}
