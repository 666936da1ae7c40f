import { sentence } from "../../components/core/problems";
import { sum, type Capacity, type CapacityChange } from "./capacity";
import { gib, monthly } from "./cost";
import type { Change, Summary } from "./summary";

/** A part of a summary: a line of text, or a table. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns whose cells are values and commands, and not words. @default - none */
  readonly verbatim?: readonly string[];
}

/** One line that says what this is about. */
export function headline({ stack, compared, problems, errors, changes, losses, restarts }: Summary): string {
  if (problems.length > 0) return `${stack}: refused, ${many(problems.length, "problem")}`;
  if (errors.length > 0) return `${stack}: the preview failed`;
  if (changes.length === 0 && losses.length === 0) return `${stack}: no changes`;
  if (!compared) return `${stack}: ${count(changes, "create")}; compared with nothing, so what is lost is not known`;
  const stopping = restarts.filter(({ how }) => how !== "starts").length;
  return [
    `${stack}: ${
      operations
        .map((operation) => count(changes, operation))
        .filter(Boolean)
        .join(", ") || "no changes of objects"
    }`,
    stopping === 0 ? "nothing restarts" : stopping === 1 ? "1 workload restarts" : `${stopping} workloads restart`,
    losses.length === 0 ? "nothing is lost" : `data can be lost in ${many(losses.length, "way")}`,
  ].join("; ");
}

const operations = ["create", "update", "replace", "delete"] as const;
const done = { create: "created", update: "updated", replace: "replaced", delete: "deleted" } as const;

const count = (changes: readonly Change[], operation: Change["operation"]): string => {
  const n = changes.filter((change) => change.operation === operation).length;
  return n === 0 ? "" : `${n} ${done[operation]}`;
};

const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

/** Everything a summary has to say, most urgent first. */
export const sections = (summary: Summary): Section[] =>
  [
    { title: "Refused", columns: ["problem"], rows: summary.problems.map((problem) => [sentence(problem)]) },
    { title: "Errors", columns: ["what was said"], rows: summary.errors.map((error) => [error]) },
    { title: "Warnings", columns: ["the stack says"], rows: summary.warnings.map((warning) => [warning]) },
    {
      title: "Can lose data",
      columns: ["what", "change", "can be lost"],
      rows: summary.losses.map(({ what, change, loses }) => [what, change, loses]),
    },
    {
      title: "Stays, and is deleted by hand alone",
      columns: ["what", "is found again when", "is deleted by"],
      rows: summary.kept.map(({ what, until, deletes }) => [what, until, deletes]),
      verbatim: ["is deleted by"],
    },
    {
      title: "Restarts",
      columns: ["workload", "how", "because of"],
      rows: summary.restarts.map(({ workload, how, because }) => [workload, how, because.join(", ")]),
    },
    {
      title: "Images",
      columns: ["workload", "before", "after"],
      rows: summary.images.map(({ workload, before, after }) => [workload, before, after]),
      verbatim: ["before", "after"],
    },
    {
      title: "Configuration",
      columns: ["component", "file", "part", "change"],
      rows: summary.configuration.map(({ component, file, part, change }) => [component, file, part, change]),
      verbatim: ["part", "change"],
    },
    {
      title: "Changes",
      columns: ["component", "object", "what", "fields"],
      rows: summary.changes.map(changeRow),
    },
    { title: "Capacity", columns: capacityColumns, rows: capacityRows(summary.capacity) },
    { title: "Cost of a month", columns: ["", "before", "after", "change"], rows: costRows(summary) },
    {
      title: "On this machine",
      columns: ["setting", "why it differs"],
      rows: summary.overrides.map(({ path, why }) => [path, why]),
    },
    { title: "Not looked at", columns: ["why"], rows: summary.notes.map((note) => [note]) },
  ].filter(({ rows }) => rows.length > 0);

const changeRow = ({ component, operation, kind, name, fields }: Change): string[] => [
  component,
  `${kind} ${name}`,
  done[operation],
  fields.join(", "),
];

const capacityColumns = ["workload", "processes", "memory", "CPU asked for", "disk"];

function capacityRows(changes: readonly CapacityChange[]): string[][] {
  const differs = changes.some(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  if (!differs) return [];
  const total = (side: "before" | "after") => changes.map((change) => change[side]).reduce(sum);
  return [
    ...changes.map(({ workload, everyNode, before, after }) =>
      row(everyNode ? `${workload}, on each node` : workload, before, after),
    ),
    row("all", total("before"), total("after")),
  ];
}

const row = (name: string, before: Capacity, after: Capacity): string[] => [
  name,
  fromTo(String(before.replicas), String(after.replicas)),
  fromTo(size(before.memory), size(after.memory)),
  fromTo(rounded(before.cpu), rounded(after.cpu)),
  fromTo(size(before.disk), size(after.disk)),
];

const fromTo = (before: string, after: string): string => (before === after ? after : `${before} → ${after}`);

const size = (bytes: number): string =>
  bytes === 0 ? "0" : bytes < gib ? `${Math.round(bytes / 1024 ** 2)} MiB` : `${rounded(bytes / gib)} GiB`;

const rounded = (n: number): string => String(Math.round(n * 100) / 100);

function costRows({ capacity, prices }: Summary): string[][] {
  if (prices === undefined || capacity.length === 0) return [];
  const [before, after] = (["before", "after"] as const).map((side) =>
    capacity.map((change) => change[side]).reduce(sum),
  );
  const line = (name: string, part: (capacity: Capacity) => Capacity): string[] => {
    const [was, is] = [before!, after!].map((side) => monthly(part(side), prices)) as [number, number];
    return [name, was.toFixed(2), is.toFixed(2), `${is < was ? "" : "+"}${(is - was).toFixed(2)}`];
  };
  return [
    ...(prices.cpu > 0 ? [line("CPU", ({ cpu }) => ({ ...nothing, cpu }))] : []),
    ...(prices.memory > 0 ? [line("memory", ({ memory }) => ({ ...nothing, memory }))] : []),
    ...(prices.disk > 0 ? [line("disk", ({ disk }) => ({ ...nothing, disk }))] : []),
    line("all", (all) => all),
  ];
}

const nothing: Capacity = { memory: 0, cpu: 0, disk: 0, replicas: 0 };
