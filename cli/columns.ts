import type { Table } from "../components/capacity/tables";

/** A table as a terminal shows it. */
export function inColumns({ title, headings, rows }: Table): string {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return [
    title,
    ...lines.map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd()),
  ].join("\n");
}
