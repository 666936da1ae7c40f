import { shareForState } from "../../collector/budgets";
import { mebibytes, type PathRule } from "./rule";

export const stateOverMemory: PathRule = {
  code: "state-over-memory",
  finds: "a process whose state for names and traces can exceed the share of memory at which it refuses data",
  find: ({ hops }) =>
    hops.flatMap(({ name, memory = Infinity, state }) => {
      const all = state.reduce((sum, { bytes }) => sum + bytes, 0);
      if (all <= memory * shareForState) return [];
      const parts = state.map(({ of, bytes }) => `${of} ${mebibytes(bytes)}`).join(", ");
      return [
        {
          path: `memory.${name}`,
          value: mebibytes(memory),
          reason: `senders can make it hold ${mebibytes(all)} (${parts}), more than ${shareForState * 100} % of its memory`,
          remedy: `set it to ${mebibytes(all / shareForState)}, or lower the limits on what it keeps`,
        },
      ];
    }),
};
