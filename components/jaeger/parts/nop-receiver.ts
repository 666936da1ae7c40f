import type { Receiver } from "../../collector/part";

/** Receives nothing: a Collector wants a pipeline even where it only answers queries. */
export const nopReceiver: Receiver<"traces"> = {
  role: "receiver",
  type: "nop",
  carries: { traces: true },
  config: {},
};
