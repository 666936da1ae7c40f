import { homedir } from "node:os";
import { join } from "node:path";

/** A folder of this user's cache: `$XDG_CACHE_HOME/sightline/…`, or `~/.cache/sightline/…`. */
export const cacheFolder = (...parts: readonly string[]): string =>
  join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "sightline", ...parts);
