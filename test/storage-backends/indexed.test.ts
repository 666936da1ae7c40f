import assert from "node:assert/strict";
import type { Config } from "../../components/core/config";
import type { Version } from "../../components/core/version";
import { elasticsearch } from "../../components/storage/backends/elasticsearch";
import { opensearch } from "../../components/storage/backends/opensearch";
import { storageConfig, warningsOf } from "../../components/storage/version";
import type { IndexedCluster, IndexedSettings } from "../../components/storage/indexed";

type External = IndexedSettings & { readonly external: IndexedCluster };

const external = { urls: ["https://search.example.com:9200"] } as const;

const spans = (config: Config): unknown => (config["indices"] as Config)["spans"];

for (const [kind, storage] of Object.entries({ elasticsearch, opensearch })) {
  describe(kind, () => {
    const rendered = (options: Partial<External>, jaeger: Version) =>
      storageConfig(storage({ external, ...options }), jaeger);

    it("writes one index a day of one shard and one copy, and waits for it where Jaeger can", () => {
      const index = { shards: 1, replicas: 1 };
      const config = {
        server_urls: external.urls,
        indices: { spans: index, services: index, dependencies: index, sampling: index },
        max_span_age: "72h",
      };
      assert.deepEqual(rendered({}, "2.13.0"), config);
      assert.deepEqual(rendered({}, "2.20.0"), config);
      assert.deepEqual(rendered({}, "2.21.0"), { ...config, write_mode: "sync" });
    });

    it("says that older Jaegers answer too early, and that no Jaeger deletes an index", () => {
      const paths = (jaeger: Version) => warningsOf(storage({ external }), jaeger).map(({ path }) => path);
      assert.deepEqual(paths("2.20.0"), ["kind", "retention"]);
      assert.deepEqual(paths("2.21.0"), ["retention"]);
    });

    it("minds how much one span has, and when it was where each day has an index", () => {
      const limitsOf = (rotation: "day" | "aliases") => storage({ external, rotation, retention: "96h" }).limits;
      const size = { events: 500, attributes: 900 };
      assert.deepEqual(limitsOf("aliases"), size);
      assert.deepEqual(limitsOf("day"), { ...size, times: { past: "96h", future: "24h" } });
    });

    it("rotates in the words of each Jaeger", () => {
      const hourly = { date_layout: "2006-01-02-15", rollover_frequency: "hour" };
      assert.deepEqual(spans(rendered({ rotation: "hour" }, "2.19.0")), { shards: 1, replicas: 1, ...hourly });
      assert.deepEqual(spans(rendered({ rotation: "hour" }, "2.20.0")), {
        shards: 1,
        replicas: 1,
        rotation: { periodic: hourly },
      });
      const before = rendered({ rotation: "aliases" }, "2.19.0");
      assert.deepEqual([before["use_aliases"], spans(before)], [true, { shards: 1, replicas: 1 }]);
      const since = rendered({ rotation: "aliases" }, "2.20.0");
      assert.deepEqual(
        [since["use_aliases"], spans(since)],
        [undefined, { shards: 1, replicas: 1, rotation: { manual_rollover: {} } }],
      );
    });

    it("asks for aliases before Jaeger starts", () => {
      assert.deepEqual(
        warningsOf(storage({ external, rotation: "aliases" }), "2.21.0").map(({ path }) => path),
        ["retention", "rotation"],
      );
    });

    it("reaches each node, and keeps credentials and certificates out of its configuration", () => {
      const given = storage({
        external: {
          urls: ["https://a.example.com", "https://b.example.com:9243/search"],
          user: "jaeger",
          password: { secret: "s3cret" },
          ca: "-----BEGIN CERTIFICATE-----\n",
        },
      });
      assert.deepEqual(given.needs?.externals, [
        { host: "a.example.com", port: 443 },
        { host: "b.example.com", port: 9243 },
      ]);
      const name = kind.toUpperCase();
      assert.deepEqual(given.needs?.env, { [`${name}_USER`]: "jaeger", [`${name}_PASSWORD`]: { secret: "s3cret" } });
      const { auth, tls } = storageConfig(given, "2.20.0");
      assert.deepEqual(auth, {
        basic: { username: `\${env:${name}_USER}`, password: `\${env:${name}_PASSWORD}` },
      });
      assert.deepEqual(tls, { ca_file: "/etc/jaeger/storage/ca.pem" });
    });

    it("takes a cluster of one node, which holds no copies", () => {
      assert.deepEqual(spans(rendered({ shards: 4, replicas: 0, prefix: "prod" }, "2.20.0")), {
        shards: 4,
        replicas: 0,
      });
      assert.equal((rendered({ prefix: "prod" }, "2.20.0")["indices"] as Config)["index_prefix"], "prod");
    });
  });
}
