import { heldAfter, onDisk, type PlannedBackend } from "./backends";
import type { CompleteDemand } from "./demand";
import { inUnits, short } from "./write";

/** What storage costs for a month, in any currency; a plan without prices is charted in bytes. */
export interface DiskPrice {
  readonly perGibibyte: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Line {
  readonly kind: PlannedBackend;
  readonly points: readonly Point[];
}

const colours: Readonly<Record<PlannedBackend, string>> = {
  badger: "#6b7280",
  cassandra: "#2563eb",
  elasticsearch: "#d97706",
  opensearch: "#059669",
  clickhouse: "#dc2626",
};
const kinds = Object.keys(colours) as PlannedBackend[];
const gib = 1024 ** 3;

/** Bytes that each backend holds, day by day, free space included, until retention is well past. */
export const diskOverTime = (demand: CompleteDemand, days: number): Line[] =>
  kinds.map((kind) => ({
    kind,
    points: range(days).map((x) => ({ x, y: heldAfter(demand, kind, x) / (1 - onDisk[kind].free) })),
  }));

/** Bytes of disk, or what they cost for a month, by the share of traces that is kept, in per cent. */
export const diskBySampling = (demand: CompleteDemand, price?: DiskPrice): Line[] =>
  kinds.map((kind) => ({
    kind,
    points: range(10).map((tenths) => {
      const bytes = heldAfter({ ...demand, keptShare: tenths / 10 }, kind, Infinity) / (1 - onDisk[kind].free);
      return { x: tenths * 10, y: price === undefined ? bytes : (bytes / gib) * price.perGibibyte };
    }),
  }));

/** Both as one picture, in SVG. */
export function chart(demand: CompleteDemand, days: number, price?: DiskPrice): string {
  const cost = price === undefined ? "Disk by share of traces kept, %" : "Cost of disk for a month by share kept, %";
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 420" font-family="sans-serif" font-size="12">',
    '<rect width="960" height="420" fill="#ffffff"/>',
    panel("Disk over time, days", diskOverTime(demand, days), 90, inUnits),
    panel(cost, diskBySampling(demand, price), 570, price === undefined ? inUnits : short),
    ...kinds.map((kind, i) => {
      const x = 90 + i * 150;
      return `<rect x="${x}" y="392" width="12" height="12" fill="${colours[kind]}"/><text x="${x + 18}" y="402">${kind}</text>`;
    }),
    "</svg>",
    "",
  ].join("\n");
}

const width = 360;
const height = 300;
const top = 40;

function panel(title: string, lines: readonly Line[], left: number, write: (y: number) => string): string {
  const points = lines.flatMap((line) => line.points);
  const most = { x: Math.max(...points.map(({ x }) => x)), y: Math.max(...points.map(({ y }) => y)) || 1 };
  const at = ({ x, y }: Point) =>
    `${round(left + (x / most.x) * width)},${round(top + height - (y / most.y) * height)}`;
  const quarters = range(4).map((n) => n / 4);
  return [
    `<text x="${left}" y="24" font-size="14">${title}</text>`,
    ...quarters.map((part) => {
      const y = round(top + height - part * height);
      const x = round(left + part * width);
      return [
        `<line x1="${left}" y1="${y}" x2="${left + width}" y2="${y}" stroke="#e5e7eb"/>`,
        `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${write(part * most.y)}</text>`,
        `<text x="${x}" y="${top + height + 18}" text-anchor="middle">${short(part * most.x)}</text>`,
      ].join("");
    }),
    // Two backends that need the same are both to be seen: the later one is dashed.
    ...lines.map(
      ({ kind, points: own }) =>
        `<polyline fill="none" stroke="${colours[kind]}" stroke-width="2"${kind === "opensearch" ? ' stroke-dasharray="6 6"' : ""} points="${own.map(at).join(" ")}"/>`,
    ),
  ].join("\n");
}

const round = (value: number): number => Math.round(value * 10) / 10;
/** 0 to n, both included. */
const range = (n: number): number[] => Array.from({ length: n + 1 }, (_, i) => i);
