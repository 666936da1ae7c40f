import type { PathRule } from "./rule";

export const givesUp: PathRule = {
  code: "gives-up",
  finds: "a queue that drops data the next hop has not taken after some time, before an outage is over",
  find: ({ edges }, outage) =>
    edges.flatMap(({ from, to, by, queue }) =>
      queue?.triesFor === undefined || queue.triesFor >= outage
        ? []
        : [
            {
              path: `${from}.exporters.${by}`,
              value: `${queue.triesFor} s`,
              reason: `data that ${to} has not taken by then is dropped although it was acknowledged to senders`,
              remedy: "retry without end (max_elapsed_time: 0s)",
            },
          ],
    ),
};
