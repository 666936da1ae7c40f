import type { Judged } from "./judge";
import { marks } from "./mark-names";

/** One span, whatever wrote it. */
interface Span {
  readonly traceId: string;
  readonly service: string;
  readonly name: string;
  readonly isFirst: boolean;
  readonly failed: boolean;
  /** In nanoseconds: more digits than a number has. */
  readonly start: bigint;
  readonly end: bigint;
  readonly values: Readonly<Record<string, unknown>>;
  readonly ofResource: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Traces of OTLP JSON (one request, or one a line as the Collector's file exporter writes), or of Jaeger JSON (as its query
 * API answers and its UI saves). Empty where it is neither.
 */
export function readTraces(content: string): Judged[] {
  const traces = new Map<string, Span[]>();
  for (const document of documentsIn(content)) {
    for (const span of [...fromOtlp(document), ...fromJaeger(document)]) {
      const known = traces.get(span.traceId);
      if (known === undefined) traces.set(span.traceId, [span]);
      else known.push(span);
    }
  }
  return [...traces].map(([traceId, spans]) => judged(traceId, spans));
}

function judged(traceId: string, spans: readonly Span[]): Judged {
  const start = spans.reduce((first, span) => (span.start < first ? span.start : first), spans[0]!.start);
  const end = spans.reduce((last, span) => (span.end > last ? span.end : last), spans[0]!.end);
  const entry = spans.find(({ isFirst }) => isFirst);
  const policy = spans.map(({ values }) => values[marks.policy]).find((value) => value !== undefined);
  return {
    traceId,
    spans: spans.length,
    failed: spans.some(({ failed }) => failed),
    milliseconds: Number(end - start) / 1e6,
    end: Number(end) / 1e9,
    ...(entry && {
      entry: {
        service: entry.service,
        route: text(entry.values["http.route"]) || entry.name,
        nanoseconds: Number(entry.end - entry.start),
        policy: policy === undefined ? undefined : String(policy),
      },
    }),
    values: (key) =>
      spans.flatMap(({ values, ofResource }) => [values[key], ofResource[key]]).filter((v) => v !== undefined),
  };
}

function documentsIn(content: string): unknown[] {
  try {
    return [JSON.parse(content)];
  } catch {
    try {
      const lines = content.split("\n").filter((line) => line.trim() !== "");
      return lines.map((line): unknown => JSON.parse(line));
    } catch {
      return [];
    }
  }
}

function fromOtlp(document: unknown): Span[] {
  const holder = isObject(document) && isObject(document["result"]) ? document["result"] : document;
  if (!isObject(holder)) return [];
  return list(holder["resourceSpans"]).flatMap(({ resource, scopeSpans }) => {
    const ofResource = isObject(resource) ? otlpValues(resource["attributes"]) : {};
    return list(scopeSpans)
      .flatMap(({ spans }) => list(spans))
      .map((span) => ({
        traceId: text(span["traceId"]),
        service: text(ofResource["service.name"]),
        name: text(span["name"]),
        isFirst: text(span["parentSpanId"]) === "",
        failed: isObject(span["status"]) && [2, "STATUS_CODE_ERROR"].includes(span["status"]["code"] as number),
        start: BigInt(String(span["startTimeUnixNano"] ?? 0)),
        end: BigInt(String(span["endTimeUnixNano"] ?? 0)),
        values: otlpValues(span["attributes"]),
        ofResource,
      }));
  });
}

const otlpValues = (attributes: unknown): Record<string, unknown> =>
  Object.fromEntries(
    list(attributes).map(({ key, value }) => {
      const [[kind, held] = ["", undefined]] = Object.entries(isObject(value) ? value : {});
      return [text(key), kind === "intValue" ? Number(held) : held];
    }),
  );

function fromJaeger(document: unknown): Span[] {
  const traces = isObject(document) ? list(document["data"]) : list(document);
  return traces.flatMap(({ spans, processes }) =>
    list(spans).map((span) => {
      const { processID, process } = span;
      const by = isObject(process) ? process : isObject(processes) ? processes[text(processID)] : undefined;
      const values = jaegerValues(span["tags"]);
      const start = BigInt(Math.round(Number(span["startTime"]) || 0)) * 1_000n;
      const parents = list(span["references"]).filter(({ refType }) => refType === "CHILD_OF");
      return {
        traceId: text(span["traceID"]),
        service: isObject(by) ? text(by["serviceName"]) : "",
        name: text(span["operationName"]),
        isFirst: parents.length === 0,
        failed: values["error"] === true || values["otel.status_code"] === "ERROR",
        start,
        end: start + BigInt(Math.round(Number(span["duration"]) || 0)) * 1_000n,
        values,
        ofResource: isObject(by) ? { "service.name": by["serviceName"], ...jaegerValues(by["tags"]) } : {},
      };
    }),
  );
}

const jaegerValues = (tags: unknown): Record<string, unknown> =>
  Object.fromEntries(list(tags).map(({ key, value }) => [text(key), value]));
