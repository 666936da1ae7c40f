import { headline, sections, type Section } from "./sections";
import type { Summary } from "./summary";

/** Changes beyond this many are folded away in a comment. */
const manyRows = 12;

/** A summary as a comment on a pull request. */
export const inMarkdown = (summary: Summary): string =>
  [`## ${headline(summary)}`, ...sections(summary).map(section), ""].join("\n\n").trimEnd() + "\n";

function section({ title, columns, rows }: Section): string {
  const table =
    columns.length === 1
      ? rows.map(([cell = ""]) => `- ${cell}`).join("\n")
      : [columns, columns.map(() => "---"), ...rows.map((row) => row.map(escaped))]
          .map((row) => `| ${row.join(" | ")} |`)
          .join("\n");
  return rows.length > manyRows
    ? `<details><summary><b>${title}</b> (${rows.length})</summary>\n\n${table}\n\n</details>`
    : `### ${title}\n\n${table}`;
}

const escaped = (cell: string): string => cell.replaceAll(/[|*<]/g, "\\$&").replaceAll("\n", " ");

/** A summary as a terminal shows it. */
export const inWords = (summary: Summary): string =>
  [headline(summary), ...sections(summary).map(inColumns)].join("\n\n");

function inColumns({ title, columns, rows }: Section): string {
  if (columns.length === 1) return [title, ...rows.map(([cell]) => `  ${cell}`)].join("\n");
  return [title, ...aligned([columns, ...rows])].join("\n");
}

function aligned(rows: Section["rows"]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd());
}
