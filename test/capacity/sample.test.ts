import assert from "node:assert/strict";
import { measure } from "../../components/capacity/sample";

const otlp = (service: string, spans: readonly object[]) => ({
  resourceSpans: [
    { resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] }, scopeSpans: [{ spans }] },
  ],
});
const shop = otlp("shop", [
  { traceId: "1", name: "GET /", kind: 2 },
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
          processes: { p1: { serviceName: "shop" } },
          spans: [
            { traceID: "a", operationName: "GET /", processID: "p1", tags: [{ key: "span.kind", value: "server" }] },
            { traceID: "a", operationName: "SELECT", processID: "p1", tags: [] },
          ],
        },
      ],
    };
    assert.deepEqual(measure(JSON.stringify(document, null, 2)).sample, {
      spans: 2,
      traces: 1,
      spansPerRequest: 2,
      bytesPerSpan: JSON.stringify(document).length / 2,
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
