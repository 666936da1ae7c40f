import assert from "node:assert/strict";
import { cassandra } from "../../components/storage/backends/cassandra";
import { storageConfig } from "../../components/storage/version";

const cluster = { servers: ["c-1.example.com:9042", "c-2.example.com:9042"], datacenter: "dc-a" } as const;
const part = (options: Parameters<typeof cassandra>[0], key: string) =>
  storageConfig(cassandra(options), "2.13.0")[key];

describe("cassandra", () => {
  it("writes to a quorum of three copies in one data centre, encrypted", () => {
    const { search, ...storage } = cassandra({ external: cluster });
    assert.deepEqual(storage, {
      kind: "cassandra",
      shared: true,
      retention: "72h",
      limits: { nameBytes: 32_000, events: 500, spansPerRequest: 512, utf8: true },
      needs: {
        env: {},
        files: {},
        volumes: {},
        ports: {},
        connects: [],
        externals: [
          { host: "c-1.example.com", port: 9042 },
          { host: "c-2.example.com", port: 9042 },
        ],
        access: [],
        first: [],
      },
      config: {
        schema: {
          keyspace: "jaeger",
          create: true,
          datacenter: "dc-a",
          replication_factor: 3,
          trace_ttl: "72h",
          dependencies_ttl: "72h",
          compaction_window: "180m",
        },
        connection: {
          servers: cluster.servers,
          local_dc: "dc-a",
          timeout: "5s",
          reconnect_interval: "10s",
          tls: {},
        },
        query: { timeout: "15s", consistency: "LOCAL_QUORUM" },
      },
      warnings: [],
      problems: [],
    });
    assert.equal(search?.attributeAndDuration, "refused");
  });

  it("keeps user and password out of its configuration", () => {
    const { config, needs } = cassandra({ external: { ...cluster, user: "jaeger", password: { secret: "s3cret" } } });
    assert.deepEqual(needs?.env, { CASSANDRA_USER: "jaeger", CASSANDRA_PASSWORD: { secret: "s3cret" } });
    assert.ok(JSON.stringify(config).includes('"password":"${env:CASSANDRA_PASSWORD}"'));
    assert.ok(!JSON.stringify(config).includes("s3cret"));
  });

  it("is given certificates as files, the key as a secret one", () => {
    const pem = "-----BEGIN CERTIFICATE-----\n";
    const options = { external: { ...cluster, ca: pem, certificate: pem, key: { secret: "key" } } };
    assert.deepEqual(cassandra(options).needs?.files, {
      "/etc/jaeger/storage/ca.pem": { content: pem },
      "/etc/jaeger/storage/client.pem": { content: pem },
      "/etc/jaeger/storage/client-key.pem": { secret: "key" },
    });
    assert.deepEqual(part(options, "connection"), {
      servers: cluster.servers,
      local_dc: "dc-a",
      timeout: "5s",
      reconnect_interval: "10s",
      tls: {
        ca_file: "/etc/jaeger/storage/ca.pem",
        cert_file: "/etc/jaeger/storage/client.pem",
        key_file: "/etc/jaeger/storage/client-key.pem",
        reload_interval: "10s",
      },
    });
  });

  it("drops whole files as spans grow old: a retention passes in 24 windows of a minute or more", () => {
    const window = (retention: "90d" | "1m") =>
      (part({ external: cluster, retention }, "schema") as Record<string, unknown>)["compaction_window"];
    assert.deepEqual([window("90d"), window("1m")], ["5400m", "1m"]);
  });

  it("warns of a password that travels in the clear", () => {
    const options = { external: { ...cluster, tls: false, user: "jaeger", password: { secret: "s3cret" } } };
    assert.deepEqual(
      cassandra(options).warnings?.map(({ path }) => path),
      ["external.password"],
    );
    assert.deepEqual((part(options, "connection") as Record<string, unknown>)["tls"], { insecure: true });
  });
});
