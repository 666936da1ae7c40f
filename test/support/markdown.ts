import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** Text of a file of the project. */
export const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");

export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Cells of one line of a table. */
export const cells = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Tables of a document, in order. */
export const tables = (text: string): Table[] =>
  [...text.matchAll(/(?:^\|.*\|\n)+/gm)].map(([lines]) => {
    const [headers = [], , ...rows] = lines.trim().split("\n").map(cells);
    return { headers, rows };
  });
