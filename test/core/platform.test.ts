import assert from "node:assert/strict";
import { connectsTo, external, hostPort, httpUrl } from "../../components/core/platform";

describe("endpoints", () => {
  const jaeger = { host: "jaeger", port: 4317, of: { workload: "jaeger", port: "otlp-grpc" } };

  it("are written as host and port, and as a URL", () => {
    assert.equal(hostPort(jaeger), "jaeger:4317");
    assert.equal(httpUrl(jaeger), "http://jaeger:4317");
  });

  it("ask for a connection to a neighbour, and for a way out to all else", () => {
    assert.deepEqual(connectsTo(jaeger, external("otlp.example.com:443")), {
      connects: [{ workload: "jaeger", port: "otlp-grpc", number: 4317 }],
      externals: [{ host: "otlp.example.com", port: 443 }],
    });
  });

  it("outside the stack are given by address", () => {
    assert.deepEqual(external("otlp.example.com:443"), { host: "otlp.example.com", port: 443 });
    assert.deepEqual(external("[::1]:4317"), { host: "[::1]", port: 4317 });
  });
});
