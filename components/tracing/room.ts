import {
  budgets,
  memoryForCalls,
  memoryForSeries,
  servicesAtLimit,
  shareForCalls,
  shareForSeries,
  waitingCalls,
} from "../collector/budgets";
import type { Problem } from "../core/problems";
import type { NameRoom } from "../prometheus/rules/names";
import { waiting } from "../sampling/tail";
import type { CollectorRole } from "./roles";
import type { Chain } from "./tracing";

/** The Collector that makes metrics from spans, and the one that joins calls to a graph. */
const makers = (roles: readonly CollectorRole[]) => ({
  measures: roles.includes("gateway") ? ("gateway" as const) : ("collector" as const),
  joins: roles.at(-1) ?? "collector",
});

/** Services, edges of the graph, and traces that wait, that Collectors have room for. */
export function roomOf({ roles, memory, sampler }: Pick<Chain, "roles" | "memory" | "sampler">): NameRoom {
  const { measures, joins } = makers(roles);
  return {
    services: budgets(memory[measures]).services,
    edges: budgets(memory[joins]).edges,
    traces: waiting(sampler.tracesPerSecond, sampler.decisionWait),
  };
}

/** Budgets that do not fit into the memory of the Collector that has them. */
export function nameProblems({
  roles,
  names: { seriesPerService },
  sampler,
  memory,
}: Pick<Chain, "roles" | "names" | "sampler" | "memory">): Problem[] {
  const { measures, joins } = makers(roles);
  const most = budgets(memory[measures]).seriesPerService;
  const calls = budgets(memory[joins]).waitingCalls;
  const problems: Problem[] = [];
  if (seriesPerService !== undefined && seriesPerService > most) {
    const needed = memoryForSeries(seriesPerService);
    problems.push({
      path: "names.seriesPerService",
      value: seriesPerService,
      reason: `${servicesAtLimit} services at this limit need ${mebibytes(needed * shareForSeries)} MiB, more than a quarter of memory.${measures} (${memory[measures]})`,
      remedy: `write at most ${most}, or memory.${measures}: "${mebibytes(needed)} MiB"`,
    });
  }
  const waiting = waitingCalls(sampler.tracesPerSecond);
  if (waiting > calls) {
    const needed = memoryForCalls(waiting);
    problems.push({
      path: "sampler.tracesPerSecond",
      value: sampler.tracesPerSecond,
      reason: `${waiting} half-matched calls waiting for their other end need ${mebibytes(needed * shareForCalls)} MiB, more than an eighth of memory.${joins} (${memory[joins]})`,
      remedy: `write memory.${joins}: "${mebibytes(needed)} MiB", or at most ${Math.floor(calls / waitingCalls(1))}`,
    });
  }
  return problems;
}

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);
