import assert from "node:assert/strict";
import type { Duration } from "../../components/core/units";
import { images } from "../../components/images";
import { elasticsearch } from "../../components/storage/backends/elasticsearch";
import { opensearch } from "../../components/storage/backends/opensearch";
import { cleanerDays, rolloverOf } from "../../components/storage/jobs/indexed";
import { storageConfig, warningsOf } from "../../components/storage/version";
import type { IndexedCluster, IndexedSettings } from "../../components/storage/indexed";

type External = IndexedSettings & { readonly external: IndexedCluster };

const external = { urls: ["http://a.example.com:9200", "http://b.example.com:9200"] } as const;
const secured = {
  urls: ["https://search.example.com:9200"],
  user: "jaeger",
  password: { secret: "s3cret" },
  ca: "-----BEGIN CERTIFICATE-----\n",
  certificate: "-----BEGIN CERTIFICATE-----\n",
  key: { secret: "s3cret-key" },
} as const;

for (const [kind, storage] of Object.entries({ elasticsearch, opensearch })) {
  const argsOf = (options: Partial<External>) =>
    Object.fromEntries((storage({ external, ...options }).jobs ?? []).map(({ name, args }) => [name, args]));

  describe(`jobs of ${kind}`, () => {
    it("delete indices of a day, once their last span has been kept for the retention", () => {
      const [cleaner, ...others] = storage({ external, retention: "72h", prefix: "shop" }).jobs!;
      assert.deepEqual(others, []);
      assert.deepEqual(cleaner, {
        name: `${kind}-cleaner`,
        component: "storage:IndexCleaner",
        image: images.esIndexCleaner,
        command: ["/go/bin/es-index-cleaner-linux"],
        args: ["--index-prefix=shop", "4", "http://a.example.com:9200"],
        env: {},
        files: {},
        connects: [],
        externals: [{ host: "a.example.com", port: 9200 }],
        ports: {},
        repeat: "6h",
        memory: "64 MiB",
      });
      assert.deepEqual(argsOf({ retention: "48h", rotation: "hour" }), {
        [`${kind}-cleaner`]: ["3", "http://a.example.com:9200"],
      });
    });

    it("begin, hide and delete indices behind aliases, which are made before Jaeger starts", () => {
      const url = "http://a.example.com:9200";
      assert.deepEqual(argsOf({ retention: "72h", rotation: "aliases", shards: 2 }), {
        [`${kind}-rollover`]: ["rollover", '--conditions={"max_age":"540m","max_size":"80gb"}', url],
        [`${kind}-lookback`]: ["lookback", "--unit=minutes", "--unit-count=4920", url],
        [`${kind}-cleaner`]: ["--rollover", "4", url],
      });
      const { needs } = storage({ external, retention: "72h", rotation: "aliases", shards: 2, replicas: 0 });
      assert.deepEqual(needs?.first, [
        {
          name: "rollover-init",
          image: images.esRollover,
          command: ["/go/bin/es-rollover"],
          args: ["init", "--shards=2", "--replicas=0", url],
          env: {},
        },
      ]);
    });

    it("bring credentials as variables and certificates as files", () => {
      const { jobs, needs } = storage({ external: secured, retention: "72h", rotation: "aliases" });
      const env = { ES_USERNAME: "jaeger", ES_PASSWORD: { secret: "s3cret" } };
      const tls = [
        "--es.tls.enabled=true",
        "--es.tls.ca=/etc/jaeger/storage/ca.pem",
        "--es.tls.cert=/etc/jaeger/storage/client.pem",
        "--es.tls.key=/etc/jaeger/storage/client-key.pem",
      ];
      for (const job of [...jobs!, ...needs!.first!]) {
        assert.deepEqual(job.env, env, job.name);
        for (const option of tls) assert.ok(job.args!.includes(option), `${option} of ${job.name}`);
        assert.doesNotMatch(job.args!.join(" "), /s3cret/);
      }
      for (const { files } of jobs!) assert.deepEqual(files, needs?.files);
    });

    it("count days from now where the program would count them from midnight", () => {
      const cleaner = { ...images.esIndexCleaner, version: "2.13.0" } as const;
      assert.deepEqual(argsOf({ retention: "72h", programs: { cleaner } })[`${kind}-cleaner`], [
        "--feature-gates=es.index.relativeTimeIndexDeletion",
        "4",
        "http://a.example.com:9200",
      ]);
    });

    it("delete nothing of somebody else's cluster unless a retention is written, and nothing where they are off", () => {
      const paths = (options: Partial<External>) =>
        warningsOf(storage({ external, ...options }), "2.21.0").map(({ path }) => path);
      assert.equal(storage({ external }).jobs, undefined);
      assert.equal(storage({ external, retention: "72h", jobs: false }).jobs, undefined);
      assert.deepEqual(storage({ external, retention: "72h", jobs: false, rotation: "aliases" }).needs?.first, []);
      assert.deepEqual(paths({ rotation: "aliases" }), ["retention", "rotation"]);
      assert.deepEqual(paths({ retention: "72h" }), []);
      assert.equal(storage({ external, jobs: true }).jobs?.length, 1);
    });

    it("come with services that are written again before their index goes", () => {
      const ttl = (retention: Duration) =>
        storageConfig(storage({ external, retention }), "2.20.0")["service_cache_ttl"];
      assert.deepEqual([ttl("6h"), ttl("24h")], ["10800s", undefined]);
    });
  });
}

describe("when indices go", () => {
  it("is never before their last span has been kept for the retention", () => {
    for (const retention of ["1h", "6h", "12h", "72h", "7d", "30d", "90d"] as const) {
      const { ageMinutes, every, lookbackMinutes, days } = rolloverOf(retention);
      const run = every === "1h" ? 60 : 10;
      const kept = { "1h": 60, "6h": 360, "12h": 720, "72h": 4320, "7d": 10_080, "30d": 43_200, "90d": 129_600 };
      // The last span comes in when the index is its age and one run old.
      assert.ok(lookbackMinutes - ageMinutes - run >= kept[retention], retention);
      assert.ok(days * 1440 - lookbackMinutes >= run, retention);
    }
  });

  it("follows from the retention", () => {
    assert.deepEqual(rolloverOf("72h"), { ageMinutes: 540, every: "1h", lookbackMinutes: 4920, days: 4 });
    // Four days would be half an hour later, and less than one run.
    assert.deepEqual(rolloverOf("84h"), { ageMinutes: 630, every: "1h", lookbackMinutes: 5730, days: 5 });
    assert.deepEqual(rolloverOf("30d"), { ageMinutes: 1440, every: "1h", lookbackMinutes: 44_700, days: 32 });
    assert.deepEqual(rolloverOf("1h"), { ageMinutes: 10, every: "10m", lookbackMinutes: 80, days: 1 });
    assert.deepEqual([cleanerDays("72h", "day"), cleanerDays("73h", "day"), cleanerDays("6h", "hour")], [4, 5, 1]);
  });
});
