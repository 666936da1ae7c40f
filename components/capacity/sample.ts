import type { Problem } from "../core/problems";

/** What a file of traces says about traces like them. */
export interface Sample {
  readonly spans: number;
  readonly traces: number;
  readonly spansPerRequest: number;
  /** Of compact JSON, which is within a third of OTLP's protobuf for spans with texts. */
  readonly bytesPerSpan: number;
  /** Of a span, its events and its resource. */
  readonly attributesPerSpan: number;
  readonly services: number;
  /** Pairs of a service and a name of its server spans. */
  readonly endpoints: number;
  /** Pairs of a service and the name of any span, for one endpoint; rounded up. */
  readonly spanNamesPerEndpoint: number;
}

/** One span, whatever wrote it. */
interface Seen {
  readonly trace: string;
  readonly service: string;
  readonly name: string;
  readonly isServer: boolean;
  readonly attributes: number;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Entries of one list in each of many objects. */
const entries = (of: unknown, name: string): number => list(of).reduce((sum, each) => sum + list(each[name]).length, 0);

/**
 * Measures OTLP JSON (one request, or one a line as the Collector's file exporter writes) or Jaeger JSON (as its query
 * API answers and its UI saves).
 */
export function measure(content: string): { readonly sample?: Sample; readonly problems: readonly Problem[] } {
  const documents = parsed(content);
  if (documents === undefined) return refused("no JSON, and not JSON line by line");
  const spans = documents.flatMap((document) => [...fromOtlp(document), ...fromJaeger(document)]);
  if (spans.length === 0) return refused("holds no spans of OTLP JSON or Jaeger JSON");
  const distinct = (values: readonly string[]): number => new Set(values).size;
  const named = (seen: readonly Seen[]): number => distinct(seen.map(({ service, name }) => `${service}\n${name}`));
  const bytes = documents.reduce<number>((sum, document) => sum + Buffer.byteLength(JSON.stringify(document)), 0);
  const traces = distinct(spans.map(({ trace }) => trace));
  const endpoints = Math.max(1, named(spans.filter(({ isServer }) => isServer)));
  return {
    problems: [],
    sample: {
      spans: spans.length,
      traces,
      spansPerRequest: spans.length / traces,
      bytesPerSpan: bytes / spans.length,
      attributesPerSpan: spans.reduce((sum, { attributes }) => sum + attributes, 0) / spans.length,
      services: distinct(spans.map(({ service }) => service)),
      endpoints,
      spanNamesPerEndpoint: Math.ceil(named(spans) / endpoints),
    },
  };
}

const refused = (reason: string) => ({
  problems: [{ path: "sample", reason, remedy: "save a trace in Jaeger's UI, or let the file exporter write some" }],
});

function parsed(content: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(content)];
  } catch {
    try {
      return content
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line): unknown => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}

function fromOtlp(document: unknown): Seen[] {
  if (!isObject(document)) return [];
  return list(document["resourceSpans"]).flatMap(({ resource, scopeSpans }) => {
    const attributes = isObject(resource) ? list(resource["attributes"]) : [];
    const value = attributes.find(({ key }) => key === "service.name")?.["value"];
    const service = isObject(value) ? text(value["stringValue"]) : "";
    return list(scopeSpans)
      .flatMap(({ spans }) => list(spans))
      .map(({ traceId, name, kind, attributes: own, events }) => ({
        trace: text(traceId),
        service,
        name: text(name),
        isServer: kind === 2 || kind === "SPAN_KIND_SERVER",
        attributes: attributes.length + list(own).length + entries(events, "attributes"),
      }));
  });
}

function fromJaeger(document: unknown): Seen[] {
  const traces = isObject(document) ? list(document["data"]) : list(document);
  return traces.flatMap(({ spans, processes }) =>
    list(spans).map(({ traceID, operationName, processID, process, tags, logs }) => {
      const by = isObject(process) ? process : isObject(processes) ? processes[text(processID)] : undefined;
      return {
        trace: text(traceID),
        service: isObject(by) ? text(by["serviceName"]) : "",
        name: text(operationName),
        isServer: list(tags).some(({ key, value }) => key === "span.kind" && value === "server"),
        attributes:
          list(tags).filter(({ key }) => key !== "span.kind").length +
          entries(logs, "fields") +
          (isObject(by) ? 1 + list(by["tags"]).length : 0),
      };
    }),
  );
}
