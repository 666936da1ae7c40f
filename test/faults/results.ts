import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { read, root } from "../support/markdown";
import { faults, type Fault } from "./faults";
import type { Count } from "./traffic";

/** What was seen of one fault. */
export interface Result {
  readonly fault: Fault;
  readonly counts: readonly Count[];
}

/** `2,000`, or `1,785 of 2,000` where not all were found. */
const seen = ({ acknowledged, found }: Count): string =>
  [...(found === acknowledged ? [] : [found]), acknowledged].map((n) => n.toLocaleString("en-US")).join(" of ");

/** A table as Markdown has it: a fault a line, a signal in one size a column. */
export function resultTable(results: readonly Result[]): string {
  const [first] = results;
  const headers = ["Fault", ...(first?.counts ?? []).map(({ signal, size }) => `${signal}: ${size}`), "Alert"];
  const rows = results.map(({ fault: { name, exception }, counts }) => [
    name,
    ...counts.map(seen),
    exception === undefined ? "none" : `\`${exception.alert}\``,
  ]);
  return [headers, headers.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/**
 * Puts the table into docs/loss.md.
 *
 * @throws Error where a fault has no result
 */
export async function document(results: readonly Result[]): Promise<void> {
  if (results.length < faults.length) throw new Error("docs/loss.md stays as it is: not every fault was passed");
  const text = read("docs", "loss.md").replace(
    /(<!-- faults -->)[^]*(<!-- \/faults -->)/,
    (_, begin: string, end: string) => `${begin}\n\n${resultTable(results)}\n\n${end}`,
  );
  writeFileSync(join(root, "docs", "loss.md"), await format(text, { parser: "markdown", printWidth: 120 }));
}
