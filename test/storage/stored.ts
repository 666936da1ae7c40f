import { z } from "zod";
import { ask, NoAnswer } from "../../cli/verify/backend";

const anyValue = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }): unknown => stringValue),
  z.object({ intValue: z.union([z.string(), z.number()]) }).transform(({ intValue }): unknown => String(intValue)),
  z.object({ doubleValue: z.number() }).transform(({ doubleValue }): unknown => doubleValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }): unknown => boolValue),
  z.unknown(),
]);

const attributes = z
  .array(z.object({ key: z.string().default(""), value: anyValue.default(undefined) }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

const span = z.object({
  spanId: z.string().default(""),
  parentSpanId: z.string().default(""),
  name: z.string().default(""),
  attributes,
  events: z.array(z.object({ name: z.string().default(""), attributes })).default([]),
  links: z.array(z.object({ traceId: z.string().default(""), spanId: z.string().default("") })).default([]),
  status: z.object({ code: z.number().default(0), message: z.string().default("") }).prefault({}),
});

export type StoredSpan = z.infer<typeof span>;

const answer = z.object({
  result: z.object({
    resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })) })),
  }),
});

/** All spans of one trace as Jaeger has them, parents first; none where it has no such trace. */
export async function storedTrace(jaeger: string, traceId: string): Promise<StoredSpan[]> {
  try {
    const { result } = await ask({ url: jaeger }, `/api/v3/traces/${traceId}`, {}, answer);
    const spans = result.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
    return spans.sort((a, b) => a.parentSpanId.length - b.parentSpanId.length);
  } catch (error) {
    if (error instanceof NoAnswer && error.status === 404) return [];
    throw error;
  }
}
