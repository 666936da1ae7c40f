import assert from "node:assert/strict";
import { parse } from "yaml";
import { sentence } from "../../components/core/problems";
import { jaeger } from "../../components/jaeger/workload";
import { badger } from "../../components/storage/backends/badger";
import { cassandra } from "../../components/storage/backends/cassandra";
import { opensearch } from "../../components/storage/backends/opensearch";
import type { TraceStorage } from "../../components/storage/storage";
import { archiveConfig, storageConfig, warningsOf } from "../../components/storage/version";

const external = { urls: ["https://search.example.com:9200"] } as const;
const servers = { servers: ["cassandra.example.com:9042"], datacenter: "dc1" } as const;

function extensionsOf(storage: TraceStorage, role: "all" | "collector" = "all") {
  const file = jaeger("jaeger", { storage, role }).files!["/etc/jaeger/config.yaml"]!;
  const { extensions } = parse((file as { content: string }).content) as {
    extensions: {
      jaeger_storage: { backends: Readonly<Record<string, unknown>> };
      jaeger_query?: { storage: unknown };
    };
  };
  return extensions;
}

describe("an archive", () => {
  it("is one more storage of Jaeger, which its page can put traces into", () => {
    const { jaeger_storage: storages, jaeger_query: query } = extensionsOf(
      badger({ size: "20 GiB", archiveRetention: "365d" }),
    );
    assert.deepEqual(Object.keys(storages.backends), ["traces", "archive"]);
    assert.deepEqual(query?.storage, { traces: "traces", traces_archive: "archive" });
  });

  it("is not there where nobody asks for one", () => {
    const { jaeger_storage: storages, jaeger_query: query } = extensionsOf(badger({ size: "20 GiB" }));
    assert.deepEqual([Object.keys(storages.backends), query?.storage], [["traces"], { traces: "traces" }]);
  });

  it("of badger is in folders of its own on the same volume", () => {
    const storage = badger({ size: "20 GiB", retention: "72h", archiveRetention: "365d", fsync: true });
    assert.deepEqual(archiveConfig(storage, "2.20.0"), {
      ephemeral: false,
      directories: { keys: "/badger/archive/keys", values: "/badger/archive/values" },
      ttl: { spans: "8760h" },
      consistency: true,
    });
    assert.deepEqual(Object.keys(storage.needs?.volumes ?? {}), ["/badger"]);
  });

  it("of cassandra is in a keyspace of its own", () => {
    const storage = cassandra({ external: servers, keyspace: "shop", archiveRetention: "365d" });
    const { schema, ...rest } = archiveConfig(storage, "2.20.0") as { schema: Readonly<Record<string, unknown>> };
    const { schema: ofTraces, ...restOfTraces } = storageConfig(storage, "2.20.0") as typeof rest & { schema: object };
    assert.deepEqual(rest, restOfTraces);
    assert.deepEqual(schema, {
      ...ofTraces,
      keyspace: "shop_archive",
      trace_ttl: "8760h",
      dependencies_ttl: "8760h",
      compaction_window: "21900m",
    });
  });

  it("of cassandra has to have a name that Cassandra takes", () => {
    const named = (letters: number) =>
      cassandra({ external: servers, keyspace: "k".repeat(letters), archiveRetention: "365d" }).problems;
    assert.deepEqual(named(40), []);
    assert.deepEqual(named(41), [
      {
        path: "keyspace",
        value: "k".repeat(41),
        reason: `its archive would be ${"k".repeat(41)}_archive, but Cassandra allows 48 characters`,
        remedy: "write a name of up to 40 characters, or remove archiveRetention",
      },
    ]);
  });

  it("of opensearch is behind aliases of its own, and a few indices last for years", () => {
    const storage = opensearch({ external, prefix: "shop", retention: "72h", shards: 3, archiveRetention: "365d" });
    const config = archiveConfig(storage, "2.13.0");
    assert.deepEqual(config, {
      server_urls: external.urls,
      use_aliases: true,
      indices: {
        index_prefix: "shop-archive",
        spans: { shards: 1, replicas: 1 },
        services: { shards: 1, replicas: 1 },
        dependencies: { shards: 1, replicas: 1 },
        sampling: { shards: 1, replicas: 1 },
      },
      max_span_age: "8760h",
    });
    assert.equal((storageConfig(storage, "2.13.0")["indices"] as { index_prefix: string }).index_prefix, "shop");
    const prefixOf = (prefix?: string) => {
      const kept = opensearch({ external, archiveRetention: "365d", ...(prefix !== undefined && { prefix }) });
      return (archiveConfig(kept, "2.13.0")!["indices"] as { index_prefix: string }).index_prefix;
    };
    assert.equal(prefixOf(), "archive");
  });

  it("of opensearch is made before Jaeger starts, and kept by jobs of its own", () => {
    const storage = opensearch({ external, retention: "72h", archiveRetention: "365d" });
    assert.deepEqual(
      storage.needs?.first?.map(({ name, args }) => [name, args?.includes("--index-prefix=archive")]),
      [["rollover-archive-init", true]],
    );
    const tls = "--es.tls.enabled=true";
    const [url] = external.urls;
    assert.deepEqual(
      storage.jobs?.map(({ name, args }) => [name, args]),
      [
        ["opensearch-cleaner", [tls, "4", url]],
        [
          "opensearch-archive-rollover",
          ["rollover", '--conditions={"max_age":"65700m","max_size":"40gb"}', "--index-prefix=archive", tls, url],
        ],
        [
          "opensearch-archive-lookback",
          ["lookback", "--unit=minutes", "--unit-count=591360", "--index-prefix=archive", tls, url],
        ],
        ["opensearch-archive-cleaner", ["--rollover", "--index-prefix=archive", tls, "411", url]],
      ],
    );
  });

  it("of opensearch asks for aliases where no job makes them", () => {
    const paths = (options: { archiveRetention?: "365d" }) =>
      warningsOf(opensearch({ external, ...options, jobs: false }), "2.21.0").map(({ path }) => path);
    assert.deepEqual([paths({}), paths({ archiveRetention: "365d" })], [["retention"], ["retention", "rotation"]]);
  });

  it("is refused where it would forget before the storage does", () => {
    const kept = { retention: "72h", archiveRetention: "48h" } as const;
    for (const { problems = [] } of [
      badger({ size: "1 GiB", ...kept }),
      opensearch({ external, ...kept }),
      cassandra({ external: servers, ...kept }),
    ]) {
      assert.deepEqual(problems.map(sentence), [
        'archiveRetention: less than retention, 72h: archived traces would be deleted first, got "48h"; write a longer time, or remove it',
      ]);
    }
    assert.deepEqual(badger({ size: "1 GiB", retention: "72h", archiveRetention: "72h" }).problems, []);
  });
});
