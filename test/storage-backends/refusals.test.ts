import assert from "node:assert/strict";
import { sentence } from "../../components/core/problems";
import { traceStorage, type StorageSpec } from "../../components/storage";

const servers = ["c-1:9042"];
const cassandra = (external: object, more: object = {}) => ({
  kind: "cassandra",
  external: { servers, datacenter: "dc1", ...external },
  ...more,
});
const opensearch = (external: object, more: object = {}) => ({
  kind: "opensearch",
  external: { urls: ["https://os:9200"], ...external },
  ...more,
});
const pem = "-----BEGIN CERTIFICATE-----\n";

/** What a settings file may say, and what is said to it. */
const refused: readonly (readonly [unknown, string])[] = [
  [
    { kind: "cassandra" },
    'external: neither external nor managed is given; write managed: { nodes: 3, size: "100 GiB" } to run one, or external with the addresses of an existing one',
  ],
  [
    cassandra({ servers: [] }),
    'external.servers: not a list of at least one, got []; write ["cassandra-1.example.com:9042"]',
  ],
  [
    cassandra({ servers: ["c-1"] }),
    'external.servers.0: has no port, got "c-1"; write "host:port", as "store-1.example.com:9042"',
  ],
  [
    cassandra({ servers: ["c-1:99999"] }),
    'external.servers.0: not a port, got "c-1:99999"; write "host:port", as "store-1.example.com:9042"',
  ],
  [
    cassandra({ datacenter: undefined }),
    "external.datacenter: missing; write the data centre as shown by `nodetool status`",
  ],
  [
    cassandra({}, { keyspace: "jaeger-prod" }),
    'keyspace: not a valid Cassandra name, got "jaeger-prod"; write up to 48 letters, digits and underscores, a letter first',
  ],
  [
    cassandra({}, { consistency: "TWO" }),
    'consistency: unknown choice, got "TWO"; write ONE or LOCAL_ONE or QUORUM or LOCAL_QUORUM or EACH_QUORUM or ALL',
  ],
  [cassandra({}, { replicationFactor: 0 }), "replicationFactor: not a whole number above zero, got 0; write 1 or more"],
  [cassandra({}, { retention: "100ms" }), 'retention: not a whole number of seconds, got "100ms"; write "72h" or "7d"'],
  [
    cassandra({ user: "jaeger", password: "s3cret" }),
    "external.password: not a secret; give { secret: … }, as from `pulumi config set --secret`",
  ],
  [cassandra({ user: "jaeger" }), "external.user: given without password; give both or neither"],
  [cassandra({ password: { secret: "x" } }), "external.password: given without user; give both or neither"],
  [cassandra({ key: { secret: "x" } }), "external.key: given without certificate; give both or neither"],
  [cassandra({ certificate: pem }), "external.certificate: given without key; give both or neither"],
  [cassandra({ ca: "/etc/ssl/ca.pem" }), "external.ca: not a certificate; give the text of the PEM file, not its path"],
  [
    cassandra({ ca: pem, tls: false }),
    "external: certificates are given, but the connection is not encrypted; encrypt the connection, or remove the certificates",
  ],
  [
    { kind: "opensearch", external: "https://os:9200" },
    'external: not an object, got "https://os:9200"; write { urls: ["https://search.example.com:9200"] }',
  ],
  [
    opensearch({ urls: ["os:9200"] }),
    'external.urls.0: neither http nor https; write it as "https://store.example.com:9200"',
  ],
  [
    opensearch({ urls: ["https://jaeger:s3cret@os:9200"] }),
    "external.urls.0: contains credentials; set user and password; in a stack the password is the secret storagePassword",
  ],
  [
    opensearch({ urls: ["https://os:9200?pretty"] }),
    'external.urls.0: contains more than host, port and path; write it as "https://store.example.com:9200"',
  ],
  [
    opensearch({ urls: ["https://a:9200", "http://b:9200"] }),
    "external.urls: http and https are mixed; write https for all",
  ],
  [
    opensearch({ url: "https://os:9200" }),
    "external.url: unknown option; use urls, user, password, ca, certificate, key",
  ],
  [
    opensearch({}, { prefix: "Prod" }),
    'prefix: not a valid index prefix, got "Prod"; write lower case letters and digits',
  ],
  [opensearch({}, { rotation: "week" }), 'rotation: unknown choice, got "week"; write day or hour or aliases'],
  [opensearch({}, { shards: 0 }), "shards: not a whole number above zero, got 0; write 1 or more"],
  [opensearch({}, { replicas: -1 }), "replicas: not a whole number, got -1; write 0 or more"],
  [
    { kind: "elasticsearch", external: { urls: ["ftp://es"] } },
    'external.urls.0: neither http nor https; write it as "https://store.example.com:9200"',
  ],
  [
    { kind: "clickhouse", external: { addresses: ["ch:9440"], protocol: "grpc" } },
    'external.protocol: unknown choice, got "grpc"; write native or http',
  ],
  [
    { kind: "clickhouse", external: { addresses: ["ch:9440"] }, database: "my-db" },
    'database: not a valid ClickHouse name, got "my-db"; write letters, digits and underscores',
  ],
  [
    { kind: "clickhouse", external: { addresses: ["ch:9440"] }, retention: "1.0001s" },
    'retention: not a whole number of seconds, got "1.0001s"; write "72h" or "7d"',
  ],
  [{ kind: "grpc", external: {} }, 'external.address: missing; write "host:port", as "store-1.example.com:9042"'],
  [
    { kind: "grpc", external: { address: "s:17271", password: { secret: "x" } } },
    "external.password: unknown option; use address, writer, tls, ca, certificate, key",
  ],
  [
    { kind: "grpc", external: { address: "s:17271" }, largestAnswer: "4 KiB" },
    'largestAnswer: less than 1 MiB, got "4 KiB"; write "16 MiB"',
  ],
  [
    { kind: "grpc", external: { address: "s:17271" }, timeout: "5" },
    'timeout: not a duration, got "5"; write it with its unit, as "72h" or "7d"',
  ],
];

describe("options of storages that somebody else runs", () => {
  for (const [written, said] of refused) {
    it(`are refused: ${said}`, () => {
      const { config, problems = [] } = traceStorage(written as StorageSpec);
      assert.deepEqual(problems.map(sentence), [said]);
      assert.ok(!JSON.stringify([config, problems]).includes("s3cret"));
    });
  }

  it("are refused all at once", () => {
    const { problems = [] } = traceStorage({
      kind: "cassandra",
      external: { servers: "c-1:9042" },
      retention: 72,
    } as unknown as StorageSpec);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["external.servers", "external.datacenter", "retention"],
    );
  });
});
