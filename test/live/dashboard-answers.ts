import { z } from "zod";
import { ask, askLines } from "../../cli/verify/backend";
import { executable, type DashboardQuery } from "../../components/dashboards";
import { store, type User } from "../../cli/verify";
import { targets } from "../support/dev-stack";

/** Values of the dashboards' variables, as somebody would choose them. */
export type Variables = Readonly<Record<string, string>>;

const sample = z.tuple([z.number(), z.string()]);
const matrix = z.object({ data: z.object({ result: z.array(z.object({ values: z.array(sample) })) }) });
const line = z.record(z.string(), z.unknown());
const jaeger = z.object({ data: z.array(z.object({ traceID: z.string() })) });

/**
 * Asks what a panel asks, as its data source would, over the time since `start` in seconds.
 *
 * @returns how many series, streams or traces have something to show; a series of NaN alone is an empty chart
 * @throws NoAnswer where the query is wrong
 */
export async function answers(
  query: DashboardQuery,
  variables: Variables,
  start: number,
  stores: User,
): Promise<number> {
  const expr = executable(query.expr, variables);
  const end = Math.ceil(Date.now() / 1_000);
  switch (query.datasource) {
    case "prometheus": {
      const range = { query: expr, start: String(start), end: String(end), step: "15" };
      const { data } = await ask(store({ stores }, targets.prometheus), "/api/v1/query_range", range, matrix);
      return data.result.filter(({ values }) => values.some(([, value]) => value !== "NaN")).length;
    }
    case "victorialogs": {
      const [logs, range] = [
        store({ stores }, targets.logs.url),
        { query: expr, start: String(start), end: String(end) },
      ];
      if (!expr.includes("| stats ")) return (await askLines(logs, "/select/logsql/query", range, line)).length;
      const path = "/select/logsql/stats_query_range";
      return (await ask(logs, path, { ...range, step: "15s" }, matrix)).data.result.length;
    }
    case "loki":
      throw new Error("the dev stack has no Loki");
    case "jaeger": {
      const range = { service: expr, start: `${start}000000`, end: `${end}000000`, limit: "20" };
      return (await ask(store({ stores }, targets.jaeger), "/api/traces", range, jaeger)).data.length;
    }
  }
}
