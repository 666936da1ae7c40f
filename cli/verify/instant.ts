import { z } from "zod";
import { ask, type Backend } from "./backend";

const labels = z.record(z.string(), z.string());
/** Time in seconds, and value. */
export const sample = z.tuple([z.number(), z.string()]);
const vector = z.object({ data: z.object({ result: z.array(z.object({ metric: labels, value: sample })) }) });

/** A series, and its value at one time. */
export type Instant = z.infer<typeof vector>["data"]["result"][number];

/**
 * Series that Prometheus answers to a query with.
 *
 * @param time when, as its API takes it. @default - now
 * @throws NoAnswer as {@link ask} does
 */
export async function instant(prometheus: Backend, query: string, time?: string): Promise<readonly Instant[]> {
  const { data } = await ask(prometheus, "/api/v1/query", { query, ...(time !== undefined && { time }) }, vector);
  return data.result;
}
