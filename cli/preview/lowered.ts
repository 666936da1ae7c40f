import { inBytes, inMilliseconds, isDuration, isSize } from "../../components/core/units";
import type { Settings } from "../../configs/schema";
import { isObject } from "./fields";
import type { Loss } from "./losses";

type Path = readonly string[];

const durabilities = ["memory", "disk", "disk-fsync"];

/** Settings that now keep less than they did. */
export function lowered(before: Settings, after: Settings): Loss[] {
  const were = new Map(leaves(before));
  return leaves(after).flatMap(([path, now]) => {
    const was = were.get(path);
    const loses = was === undefined || was === now ? undefined : lost(path, String(was), String(now));
    return loses === undefined ? [] : [{ what: path, change: `from ${was} to ${now}`, loses }];
  });
}

/** What is lost where a setting goes from one value to another; undefined where nothing is. */
function lost(path: string, was: string, now: string): string | undefined {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (last === "durability" && durabilities.indexOf(now) < durabilities.indexOf(was)) {
    return now === "memory" ? "spans that wait when a process dies" : "spans that wait when the power fails";
  }
  if (path === "storage.kind") return "every stored trace: the new storage starts empty";
  if (path === "name" || path === "platform" || path === "dockerHost")
    return "all data: the stack starts anew elsewhere";
  if (/retention$/i.test(last) && isDuration(was) && isDuration(now) && inMilliseconds(now) < inMilliseconds(was)) {
    return `what is older than ${now}`;
  }
  if (!/size$/i.test(last) || !isSize(was) || !isSize(now) || inBytes(now) >= inBytes(was)) return undefined;
  return /queue/i.test(last)
    ? "time for which the next hop may be away before senders are refused"
    : `the oldest data beyond ${now}`;
}

/** Every plain value with its path: `storage.retention`. */
const leaves = (value: unknown, path: Path = []): [path: string, value: string | number | boolean][] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, held]) => leaves(held, [...path, key]))
    : typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[path.join("."), value]]
      : [];
