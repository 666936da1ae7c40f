import assert from "node:assert/strict";
import { jaeger } from "../../components/jaeger/workload";
import { images } from "../../components/images";
import { sentence } from "../../components/core/problems";
import type { Version } from "../../components/core/version";
import { clickhouse } from "../../components/storage/backends/clickhouse";

const external = { addresses: ["ch.example.com:9440"] } as const;
const inJaeger = (version: Version) =>
  jaeger("jaeger", { storage: clickhouse({ external }), image: { ...images.jaeger, version } });

describe("clickhouse", () => {
  it("makes its tables in a database that is there, and keeps spans for 72 hours", () => {
    const { config, needs, shared } = clickhouse({ external });
    assert.deepEqual(config, {
      protocol: "native",
      addresses: external.addresses,
      database: "jaeger",
      tls: {},
      create_schema: true,
      ttl: "72h",
    });
    assert.deepEqual(needs?.externals, [{ host: "ch.example.com", port: 9440 }]);
    assert.equal(shared, true);
  });

  it("opens its gate in the Jaegers that have one", () => {
    assert.deepEqual(inJaeger("2.20.0").args?.slice(2), ["--feature-gates=storage.clickhouse"]);
    assert.deepEqual(inJaeger("2.21.0").args?.slice(2), []);
  });

  it("refuses a Jaeger that knows neither its retention nor its encryption", () => {
    assert.deepEqual(inJaeger("2.18.0").problems?.map(sentence), [
      'storage.kind: Jaeger 2.18.0 cannot use this storage as configured, got "clickhouse"; use Jaeger 2.19.0 or newer, or another storage',
    ]);
    assert.deepEqual(inJaeger("2.19.0").problems, []);
  });

  it("leaves encryption out where it is told to", () => {
    const { config } = clickhouse({ external: { ...external, tls: false } });
    assert.ok(!("tls" in config));
  });
});
