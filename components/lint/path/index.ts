import type { Problem } from "../../core/problems";
import type { PathGraph } from "../../path/graph";
import { givesUp } from "./gives-up";
import { requestTooLarge } from "./request-too-large";
import type { PathRule } from "./rule";
import { stateOverMemory } from "./state-over-memory";
import { windowTooShort } from "./window-too-short";

export type { PathRule } from "./rule";

/** Rules over a path as a whole, where each process by itself may be right. */
export const pathRules: readonly PathRule[] = [requestTooLarge, stateOverMemory, windowTooShort, givesUp];

/**
 * What is wrong with a path.
 *
 * @param outage seconds for which a hop or a store may be away
 */
export const lintPath = (graph: PathGraph, outage: number): Problem[] =>
  pathRules.flatMap((rule) => rule.find(graph, outage));
