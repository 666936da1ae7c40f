import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { read, root, tables } from "../support/markdown";
import { faults } from "./faults";
import type { Count } from "./traffic";

/** What was seen of one fault. */
export interface Result {
  readonly fault: string;
  readonly counts: readonly Count[];
}

/** Names the folder in which suites, each a process, leave what they saw. */
const folderVariable = "FAULTS_RESULTS";

/** Leaves it for {@link mochaGlobalTeardown}. */
export function record(result: Result): void {
  const folder = process.env[folderVariable];
  if (folder !== undefined) writeFileSync(join(folder, nameOf(result.fault)), JSON.stringify(result));
}

const nameOf = (fault: string): string => `${faults.findIndex(({ name }) => name === fault)}.json`;

export function mochaGlobalSetup(): void {
  process.env[folderVariable] = mkdtempSync(join(tmpdir(), "sightline-faults-"));
}

/** Prints what all suites saw, and writes it into docs/loss.md where that is asked for. */
export async function mochaGlobalTeardown(): Promise<void> {
  const folder = process.env[folderVariable]!;
  const results = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Result);
  rmSync(folder, { recursive: true });
  console.log(resultTable(results));
  if (process.env["FAULTS_DOCS"] !== undefined) await document(results);
}

/** `2,000`, or `1,785 of 2,000` where not all were found. */
const seen = ({ acknowledged, found }: Count): string =>
  [...(found === acknowledged ? [] : [found]), acknowledged].map((n) => n.toLocaleString("en-US")).join(" of ");

/** A table as Markdown has it: a fault a line, a signal in one size a column. What has no result keeps the row it had. */
function resultTable(results: readonly Result[], earlier: ReadonlyMap<string, readonly string[]> = new Map()): string {
  const headers = ["Fault", ...(results[0]?.counts ?? []).map(({ signal, size }) => `${signal}: ${size}`), "Alert"];
  const rows = faults.flatMap(({ name, exception }) => {
    const result = results.find(({ fault }) => fault === name);
    const counts = result?.counts.map(seen) ?? earlier.get(name);
    const alert = exception?.alert;
    return counts === undefined ? [] : [[name, ...counts, alert === undefined ? "none" : `\`${alert}\``]];
  });
  return [headers, headers.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const marked = /(<!-- faults -->)([^]*)(<!-- \/faults -->)/;

/** Puts the table into docs/loss.md. */
async function document(results: readonly Result[]): Promise<void> {
  const text = read("docs", "loss.md");
  const [table] = tables(marked.exec(text)?.[2] ?? "");
  const earlier = new Map((table?.rows ?? []).map(([name = "", ...cells]) => [name, cells.slice(0, -1)]));
  const written = text.replace(
    marked,
    (_, begin: string, __, end: string) => `${begin}\n\n${resultTable(results, earlier)}\n\n${end}`,
  );
  writeFileSync(join(root, "docs", "loss.md"), await format(written, { parser: "markdown", printWidth: 120 }));
}
