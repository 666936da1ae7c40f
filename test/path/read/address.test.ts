import assert from "node:assert/strict";
import { addressFrom, isStranger } from "../../../components/path/read/address";

describe("addresses in configuration", () => {
  it("have scheme, host and port as far as they are known", () => {
    const parts = (written: string): unknown[] => {
      const { scheme, host, port } = addressFrom(written);
      return [scheme, host, port];
    };
    assert.deepEqual(parts("http://collector:4318/v1/traces"), ["http", "collector", 4318]);
    assert.deepEqual(parts("dns:///gateway.ns.svc:4317"), ["dns", "gateway.ns.svc", 4317]);
    assert.deepEqual(parts("[::1]:4317"), [undefined, "::1", 4317]);
    assert.deepEqual(parts(":4317"), [undefined, "", 4317]);
    assert.deepEqual(parts("${env:HOST}:4317"), [undefined, undefined, 4317]);
    assert.deepEqual(parts("https://${env:HOST}/otlp"), ["https", undefined, undefined]);
    assert.deepEqual(parts("https://otlp.example.com/otlp"), ["https", "otlp.example.com", undefined]);
  });

  it("of one's own network are not strangers", () => {
    const own = [
      "localhost:4317",
      "127.0.0.1:4317",
      "10.1.2.3:4317",
      "172.20.0.1:4317",
      "jaeger:4317",
      "gateway.observability:4317",
      "gateway.observability.svc.cluster.local:4317",
      "host.docker.internal:4317",
      "unix:///run/otel.sock",
      "${env:HOST}:4317",
      "[::1]:4317",
    ];
    assert.deepEqual(own.map(addressFrom).filter(isStranger), []);
    const strangers = ["api.honeycomb.io:443", "https://otlp.example.com/otlp", "8.8.8.8:4317"];
    assert.deepEqual(strangers.map(addressFrom).map(isStranger), [true, true, true]);
  });
});
