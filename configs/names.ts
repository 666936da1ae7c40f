import { z } from "zod";
import {
  budgets,
  memoryForCalls,
  memoryForSeries,
  servicesAtLimit,
  shareForCalls,
  shareForSeries,
  waitingCalls,
} from "../components/collector/budgets";
import type { Problem } from "../components/core/problems";
import type { Size } from "../components/core/units";
import type { NameRoom } from "../components/prometheus/rules/names";
import type { RoleName } from "./roles";
import { count } from "./values";

/** What is kept for names that senders choose. */
export const names = z.strictObject({
  identifiers: z.enum(["replace", "keep"], "must be replace or keep").default("replace"),
  seriesPerService: count.optional(),
});

interface Named {
  readonly roles: readonly RoleName[];
  readonly names: z.infer<typeof names>;
  readonly sampler: { readonly tracesPerSecond: number };
  readonly memory: Readonly<Record<RoleName, Size>>;
}

/** The Collector that makes metrics from spans, and the one that joins calls to a graph. */
const makers = (roles: readonly RoleName[]) => ({
  measures: roles.includes("gateway") ? ("gateway" as const) : ("collector" as const),
  joins: roles.at(-1) ?? "collector",
});

/** Services and edges of the graph that Collectors have room for. */
export function roomOf({ roles, memory }: Pick<Named, "roles" | "memory">): NameRoom {
  const { measures, joins } = makers(roles);
  return { services: budgets(memory[measures]).services, edges: budgets(memory[joins]).edges };
}

/** Budgets that do not fit into the memory of the Collector that has them. */
export const nameProblems = ({ roles, names: { seriesPerService }, sampler, memory }: Named): Problem[] => {
  const { measures, joins } = makers(roles);
  const most = budgets(memory[measures]).seriesPerService;
  const calls = budgets(memory[joins]).waitingCalls;
  const problems: Problem[] = [];
  if (seriesPerService !== undefined && seriesPerService > most) {
    const needed = memoryForSeries(seriesPerService);
    problems.push({
      path: "names.seriesPerService",
      value: seriesPerService,
      reason: `${servicesAtLimit} services with so many take ${mebibytes(needed * shareForSeries)} MiB, more than a quarter of memory.${measures} (${memory[measures]})`,
      remedy: `write at most ${most}, or memory.${measures}: "${mebibytes(needed)} MiB"`,
    });
  }
  const waiting = waitingCalls(sampler.tracesPerSecond);
  if (waiting > calls) {
    const needed = memoryForCalls(waiting);
    problems.push({
      path: "sampler.tracesPerSecond",
      value: sampler.tracesPerSecond,
      reason: `${waiting} ends of calls that wait for their other end take ${mebibytes(needed * shareForCalls)} MiB, more than an eighth of memory.${joins} (${memory[joins]})`,
      remedy: `write memory.${joins}: "${mebibytes(needed)} MiB", or at most ${Math.floor(calls / waitingCalls(1))}`,
    });
  }
  return problems;
};

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);
