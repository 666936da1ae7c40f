import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder that is gone after the tests around this call. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-binaries-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts files into a folder, by their path in it. */
export function fill(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
