import { z } from "zod";
import type { LogStoreKind } from "../../components/logs";
import { ask, askLines, type Backend, type Finding } from "./backend";
import type { Canary } from "./canary";

/** How a store of logs is asked for a canary's line. */
interface LogFinder {
  /** The query that finds it. */
  readonly query: (canary: Canary) => string;
  /** Path of the API that is asked. */
  readonly path: string;
  /** Span ids of the lines that have the trace id. */
  readonly spanIds: (backend: Backend, canary: Canary) => Promise<readonly string[]>;
}

/** Around the time at which it was sent, in milliseconds. */
const window = ({ sentAt }: Canary) => ({ start: sentAt - 300_000, end: sentAt + 300_000 });
const nanoseconds = (milliseconds: number) => `${Math.round(milliseconds)}000000`;

const victoriaLogsLine = z.object({ span_id: z.string().default("none") });

const victorialogs: LogFinder = {
  query: ({ log, traceId }) => `{service.name="${log.service}"} trace_id:="${traceId}"`,
  path: "/select/logsql/query",
  spanIds: async (backend, canary) => {
    const { start, end } = window(canary);
    const parameters = {
      query: victorialogs.query(canary),
      start: nanoseconds(start),
      end: nanoseconds(end),
      limit: "100",
    };
    return (await askLines(backend, victorialogs.path, parameters, victoriaLogsLine)).map(({ span_id }) => span_id);
  },
};

const lokiAnswer = z.object({
  data: z.object({
    result: z.array(z.object({ stream: z.record(z.string(), z.string()), values: z.array(z.unknown()) })),
  }),
});

const loki: LogFinder = {
  query: ({ log, traceId }) => `{service_name="${log.service}"} | trace_id="${traceId}"`,
  path: "/loki/api/v1/query_range",
  spanIds: async (backend, canary) => {
    const { start, end } = window(canary);
    const parameters = { query: loki.query(canary), start: nanoseconds(start), end: nanoseconds(end) };
    const { data } = await ask(backend, loki.path, parameters, lokiAnswer);
    return data.result.filter(({ values }) => values.length > 0).map(({ stream }) => stream["span_id"] ?? "none");
  },
};

export const logFinders = { victorialogs, loki } as const satisfies Record<LogStoreKind, LogFinder>;

/** Looks for the log line by its trace id, and checks that it names its span. */
export async function findLog(kind: LogStoreKind, backend: Backend, canary: Canary): Promise<Finding> {
  const { query, spanIds } = logFinders[kind];
  const found = await spanIds(backend, canary);
  if (found.length === 0) return { found: false, saw: `no line for ${query(canary)}` };
  return found.includes(canary.log.spanId)
    ? { found: true, saw: `the line of ${canary.log.service}, with trace and span id` }
    : { found: false, saw: `a line with span id ${found.join(", ")} instead of ${canary.log.spanId}` };
}
