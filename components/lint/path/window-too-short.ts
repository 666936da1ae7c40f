import { carrying } from "../../path/graph";
import type { PathRule } from "./rule";

export const windowTooShort: PathRule = {
  code: "window-too-short",
  finds: "a store that refuses data as old as it can become in the queues before it during an outage",
  find: (graph, outage) =>
    graph.hops.flatMap(({ name, window = Infinity }) => {
      if (window >= outage) return [];
      const waiting = (["metrics", "logs"] as const)
        .flatMap((signal) => carrying(graph, signal))
        .filter(({ to, queue }) => to === name && queue !== undefined);
      return waiting.length === 0
        ? []
        : [
            {
              path: name,
              value: `${hours(window)} h`,
              reason: `it refuses older data, and after an outage of ${hours(outage)} h data waiting in ${[...new Set(waiting.map(({ from }) => from))].join(", ")} is too old`,
              remedy: "increase its retention, or plan for a shorter outage",
            },
          ];
    }),
};

const hours = (seconds: number): number => Math.round(seconds / 360) / 10;
