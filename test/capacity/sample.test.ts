import assert from "node:assert/strict";
import { measure } from "../../components/capacity/sample";

const otlp = (service: string, spans: readonly object[]) => ({
  resourceSpans: [
    { resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] }, scopeSpans: [{ spans }] },
  ],
});
const shop = otlp("shop", [
  {
    traceId: "1",
    name: "GET /",
    kind: 2,
    attributes: [{ key: "http.route" }],
    events: [{ name: "retry", attributes: [{ key: "n" }, { key: "why" }] }],
  },
  { traceId: "1", name: "GET", kind: 3 },
]);
const orders = otlp("orders", [
  { traceId: "1", name: "GET /", kind: "SPAN_KIND_SERVER" },
  { traceId: "2", name: "GET /", kind: 2 },
]);

describe("a sample of traces", () => {
  it("is measured in OTLP JSON, line by line", () => {
    const lines = [shop, orders].map((document) => JSON.stringify(document));
    assert.deepEqual(measure(lines.join("\n")), {
      problems: [],
      // Two services with one server span name each, and three names: two for an endpoint, rounded up.
      sample: {
        spans: 4,
        traces: 2,
        spansPerRequest: 2,
        bytesPerSpan: (lines[0]!.length + lines[1]!.length) / 4,
        // service.name for each, and three of the first.
        attributesPerSpan: 7 / 4,
        services: 2,
        endpoints: 2,
        spanNamesPerEndpoint: 2,
      },
    });
  });

  it("is measured in Jaeger JSON, without the spaces between", () => {
    const document = {
      data: [
        {
          traceID: "a",
          processes: { p1: { serviceName: "shop", tags: [{ key: "host.name" }] } },
          spans: [
            { traceID: "a", operationName: "GET /", processID: "p1", tags: [{ key: "span.kind", value: "server" }] },
            { traceID: "a", operationName: "SELECT", processID: "p1", tags: [], logs: [{ fields: [{ key: "n" }] }] },
          ],
        },
      ],
    };
    assert.deepEqual(measure(JSON.stringify(document, null, 2)).sample, {
      spans: 2,
      traces: 1,
      spansPerRequest: 2,
      bytesPerSpan: JSON.stringify(document).length / 2,
      // shop and host.name for each, and a field of an event; the kind of a span is no attribute in OTLP.
      attributesPerSpan: 5 / 2,
      services: 1,
      endpoints: 1,
      spanNamesPerEndpoint: 2,
    });
  });

  it("is refused where it holds none", () => {
    const remedy = "save a trace in Jaeger's UI, or let the file exporter write some";
    assert.deepEqual(measure("<html>"), {
      problems: [{ path: "sample", reason: "no JSON, and not JSON line by line", remedy }],
    });
    assert.deepEqual(measure('{"resourceSpans":[]}'), {
      problems: [{ path: "sample", reason: "holds no spans of OTLP JSON or Jaeger JSON", remedy }],
    });
  });
});
