import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { ask } from "../../cli/verify/backend";
import { truncatedAttribute } from "../../components/jaeger/fit";
import { poisons, type Poison } from "./poison";
import { storedTrace } from "./stored";

/** What became of spans that a store could break at. */
export interface Odd {
  /** Kinds that were not taken, with the answer. */
  readonly refused: readonly string[];
  /** Kinds of which the span is not there. */
  readonly missing: readonly string[];
  /** Spans of them that are marked as cut. */
  readonly marked: number;
}

/** Sends one span of each odd kind to a Collector, and waits until the store behind it has them or time is up. */
export async function sendOdd(otlp: string, jaeger: string, patience: number): Promise<Odd> {
  const refused: string[] = [];
  const sent: [kind: string, poison: Poison][] = [];
  for (const [kind, make] of Object.entries(poisons)) {
    const poison = make();
    const { status } = await fetch(`${otlp}/v1/traces`, {
      method: "POST",
      headers: { "content-type": poison.contentType },
      body: new Uint8Array(poison.body),
    });
    if (status !== 200) refused.push(`${kind}: ${status}`);
    // A trace without an id cannot be asked for; what comes after it shows that it is no hindrance.
    else if (poison.traceId !== "") sent.push([kind, poison]);
  }
  let marked = 0;
  let missing = sent;
  for (const deadline = Date.now() + patience; ; await wait(1_000)) {
    const still: typeof sent = [];
    for (const entry of missing) {
      const [span] = await storedTrace(jaeger, entry[1].traceId);
      if (span === undefined) still.push(entry);
      else if (span.attributes[truncatedAttribute] === true) marked++;
    }
    missing = still;
    if (missing.length === 0 || Date.now() > deadline) {
      return { refused, missing: missing.map(([kind]) => kind), marked };
    }
  }
}

const vector = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** Spans that the Collector has counted as cut. */
export async function counted(prometheus: string): Promise<number> {
  const query = "sum(sightline_spans_truncated_total)";
  const { data } = await ask({ url: prometheus }, "/api/v1/query", { query }, vector);
  return Number(data.result[0]?.value[1] ?? 0);
}
