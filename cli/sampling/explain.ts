import { z } from "zod";
import {
  bucketsFor,
  marker,
  readTraces,
  type Bucket,
  type Judged,
  type Marked,
} from "../../components/sampling/budget";
import { ask, NoAnswer, type Backend } from "../verify/backend";
import type { Planned } from "./plan";

/** The trace as Jaeger has it; undefined where it has none of this id. */
export async function storedTrace(jaeger: Backend, traceId: string): Promise<Judged | undefined> {
  try {
    const answer = await ask(jaeger, `/api/v3/traces/${traceId}`, {}, z.looseObject({ result: z.unknown() }));
    return readTraces(JSON.stringify(answer))[0];
  } catch (error) {
    if (error instanceof NoAnswer && error.status === 404) return undefined;
    throw error;
  }
}

/** Why a trace was kept, or what would have had to keep it. */
export function explained(trace: Judged, { plan }: Pick<Planned, "plan">): string {
  const marked = marker(plan)(trace);
  const matched = bucketsFor(plan.buckets, trace, marked);
  const { entry } = trace;
  const by = plan.buckets.find(({ name }) => name === entry?.policy);
  const passed = by === undefined ? [] : matched.slice(0, matched.indexOf(by)).map(({ name }) => name);
  return [
    `Trace ${trace.traceId}: ${trace.spans === 1 ? "1 span" : `${trace.spans} spans`} in ${round(trace.milliseconds)} ms, ${trace.failed ? "one of them failed" : "none of them failed"}.`,
    entry === undefined
      ? "Its first span is not there, so no route is known."
      : `It begins with ${entry.service} ${entry.route}, ${round(entry.nanoseconds / 1e6)} ms${slow(marked)}.`,
    entry?.policy === undefined
      ? "It does not say which policy kept it: it was stored before policies said so, or its first span came late."
      : by === undefined
        ? `It was kept by ${entry.policy}, which the budget of this stack does not have: that was another budget.`
        : `It was kept by ${bucketText(by)}.${passed.length > 0 ? ` Before that ${passed.join(", ")} had too little.` : ""}`,
    matched.length === 0
      ? "By the present budget no bucket matches it: it would be dropped."
      : `By the present budget it may take from ${matched.map(({ name }) => name).join(", ")}, in this order.`,
  ].join("\n");
}

/** What is to say of a trace that is not there. */
export const notStored = (traceId: string): string =>
  `Jaeger has no trace ${traceId}: no bucket had enough for it, or it never came, or its retention is over. Ask "sightline sampling replay" with a recording of it, and the alerts ErrorsCapped and BudgetExceeded for that time.`;

const bucketText = ({ name, rate, burst }: Bucket): string =>
  `${name}: ${rate} spans/s in each sampler, and ${burst} saved up at most`;
const slow = ({ slowness }: Marked): string =>
  slowness === undefined
    ? ", of a route that the profile does not have"
    : `, marked as ${round(slowness / 100)} times the usual`;
const round = (value: number): string => String(Number(value.toPrecision(3)));
