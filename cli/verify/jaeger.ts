import { z } from "zod";
import { ask, NoAnswer, type Backend, type Finding } from "./backend";
import { services, type Canary, type SentSpan } from "./canary";

const attributes = z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) }));

/** OTLP as Jaeger writes it in JSON: ids in hexadecimal. Source: jaeger, internal/proto/api_v3 and OTLP's JSON mapping. */
const traceAnswer = z.object({
  result: z.object({
    resourceSpans: z.array(
      z.object({
        resource: z.object({ attributes: attributes.default([]) }),
        scopeSpans: z.array(
          z.object({
            // A span that a storage holds twice leaves an empty scope behind.
            spans: z
              .array(
                z.object({
                  spanId: z.string(),
                  parentSpanId: z.string().default(""),
                  // What is empty is left out.
                  name: z.string().default(""),
                }),
              )
              .default([]),
          }),
        ),
      }),
    ),
  }),
});

/** All spans of one trace, as Jaeger has them; none where it has no such trace. */
export async function spansInJaeger(jaeger: Backend, traceId: string): Promise<SentSpan[]> {
  try {
    const { result } = await ask(jaeger, `/api/v3/traces/${traceId}`, {}, traceAnswer);
    return result.resourceSpans.flatMap(({ resource, scopeSpans }) => {
      const service = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue ?? "";
      return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service })));
    });
  } catch (error) {
    if (error instanceof NoAnswer && error.status === 404) return [];
    throw error;
  }
}

/** Looks for the whole trace: each span once, of its service, under its parent. */
export async function findTrace(jaeger: Backend, { traceId, spans }: Canary): Promise<Finding> {
  const stored = await spansInJaeger(jaeger, traceId);
  if (stored.length === 0) return { found: false, saw: `no trace ${traceId}` };
  const wrong = spans.flatMap((span) => {
    const copies = stored.filter(({ spanId }) => spanId === span.spanId);
    return copies.length === 1 ? differences(span, copies[0]!) : [`${called(span)} is there ${copies.length} times`];
  });
  const foreign = stored.filter(({ spanId }) => !spans.some((span) => span.spanId === spanId));
  wrong.push(...foreign.map((span) => `${called(span)} was never sent`));
  return wrong.length === 0
    ? { found: true, saw: `${stored.length} spans of ${services.length} services, each under its parent` }
    : { found: false, saw: `${stored.length} of ${spans.length} spans: ${wrong.join("; ")}` };
}

const called = ({ service, name }: SentSpan): string => `${service} "${name}"`;

function differences(sent: SentSpan, stored: SentSpan): string[] {
  const of = (span: SentSpan) => (span.parentSpanId === "" ? "no parent" : `parent ${span.parentSpanId}`);
  return [
    ...(stored.service === sent.service ? [] : [`${called(sent)} belongs to service "${stored.service}"`]),
    ...(stored.parentSpanId === sent.parentSpanId ? [] : [`${called(sent)} has ${of(stored)} instead of ${of(sent)}`]),
  ];
}

/** Its `strategyType` is a number in some versions and a name in others; the rate beside it says the same. */
const samplingAnswer = z.object({
  probabilisticSampling: z.object({ samplingRate: z.number() }).optional(),
  rateLimitingSampling: z.object({ maxTracesPerSecond: z.number() }).optional(),
});

/** Asks which share of its requests a service is to sample. */
export async function findSampling(sampling: Backend): Promise<Finding> {
  const answer = await ask(sampling, "/api/sampling", { service: services[0] }, samplingAnswer);
  const rate = answer.probabilisticSampling?.samplingRate;
  const limit = answer.rateLimitingSampling?.maxTracesPerSecond;
  if (rate !== undefined) return { found: true, saw: `services sample ${Number((rate * 100).toPrecision(6))} %` };
  if (limit !== undefined) return { found: true, saw: `services sample ${limit} traces a second` };
  return { found: false, saw: "a strategy without a rate" };
}
