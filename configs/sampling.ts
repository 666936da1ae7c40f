import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of a file in configs/sampling, as the `sampling` setting names it; empty where there is none, which Jaeger's description refuses. */
export function strategies(file: string): string {
  try {
    return readFileSync(join(__dirname, "sampling", file), "utf8");
  } catch {
    return "";
  }
}
