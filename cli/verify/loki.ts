import { z } from "zod";
import { ask, type Backend, type Finding } from "./backend";
import type { Canary } from "./canary";

const answer = z.object({
  data: z.object({
    result: z.array(z.object({ stream: z.record(z.string(), z.string()), values: z.array(z.unknown()) })),
  }),
});

/** The query that finds a canary's log line. */
export const logQuery = ({ log, traceId }: Canary): string => `{service_name="${log.service}"} | trace_id="${traceId}"`;

/** Looks for the log line by its trace id, and checks that it names its span. */
export async function findLog(loki: Backend, canary: Canary): Promise<Finding> {
  const nanoseconds = (milliseconds: number) => `${Math.round(milliseconds)}000000`;
  const { data } = await ask(
    loki,
    "/loki/api/v1/query_range",
    {
      query: logQuery(canary),
      start: nanoseconds(canary.sentAt - 300_000),
      end: nanoseconds(canary.sentAt + 300_000),
    },
    answer,
  );
  const streams = data.result.filter(({ values }) => values.length > 0);
  if (streams.length === 0) return { found: false, saw: `no line for ${logQuery(canary)}` };
  const spanIds = streams.map(({ stream }) => stream["span_id"] ?? "none");
  return spanIds.includes(canary.log.spanId)
    ? { found: true, saw: `the line of ${canary.log.service}, with trace and span id` }
    : { found: false, saw: `a line with span id ${spanIds.join(", ")} instead of ${canary.log.spanId}` };
}
