import { headline, sections, type Section } from "./sections";
import type { Summary } from "./summary";

/** Changes beyond this many are folded away in a comment. */
const manyRows = 12;

/** A summary as a comment on a pull request. */
export const inMarkdown = (summary: Summary): string =>
  [`## ${headline(summary)}`, ...sections(summary).map(section), ""].join("\n\n").trimEnd() + "\n";

function section({ title, columns, rows, verbatim = [] }: Section): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, i) => (verbatim.includes(columns[i]!) ? verbatimCell(cell) : escaped(cell)));
  const table =
    columns.length === 1
      ? rows.map(([cell = ""]) => `- ${cell}`).join("\n")
      : [columns, columns.map(() => "---"), ...rows.map(cells)].map((row) => `| ${row.join(" | ")} |`).join("\n");
  return rows.length > manyRows
    ? `<details><summary><b>${title}</b> (${rows.length})</summary>\n\n${table}\n\n</details>`
    : `### ${title}\n\n${table}`;
}

const escaped = (cell: string): string => cell.replaceAll(/[|*<]/g, "\\$&").replaceAll("\n", " ");

/** As code: nothing in a value is markup, and nobody is notified by one. A table's own sign has to be escaped there too. */
const verbatimCell = (cell: string): string =>
  cell === "" ? "" : `\`${cell.replaceAll("`", "'").replaceAll("|", "\\|").replaceAll(/\s+/g, " ")}\``;

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
