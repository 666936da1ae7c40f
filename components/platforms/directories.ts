import { posix } from "node:path";
import type { Workload } from "../core/workload";

/** Whether `path` lies inside `directory`. */
export const inside = (path: string, directory: string): boolean =>
  path.startsWith(directory === "/" ? "/" : `${directory}/`);

/** The directories that hold all files, none inside another: each becomes one volume. */
export function directories(files: Workload["files"] = {}): readonly string[] {
  const all = [...new Set(Object.keys(files).map((path) => posix.dirname(path)))].sort();
  return all.filter((directory) => !all.some((other) => inside(directory, other)));
}
