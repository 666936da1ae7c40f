import assert from "node:assert/strict";
import { parse } from "yaml";
import { sentence } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import { traceStorage, type StorageSpec } from "../../components/storage";
import { cassandra } from "../../components/storage/backends/cassandra";
import { elasticsearch } from "../../components/storage/backends/elasticsearch";
import { opensearch } from "../../components/storage/backends/opensearch";
import { cassandraHeap } from "../../components/storage/managed/cassandra";
import { heapOf } from "../../components/storage/managed/indexed";
import { storageConfig, warningsOf } from "../../components/storage/version";

const at = kubernetesPlanner({ name: "prod" });
const three = { nodes: 3, size: "100 GiB", at } as const;
const domain = "prod.svc.cluster.local";

const textOf = ({ files = {} }: Workload, path: string): unknown => {
  const file = files[path as `/${string}`];
  assert.ok(file && "content" in file);
  return parse(file.content);
};
const engine = (storage: { engines?: readonly Workload[] }, name: string): Workload =>
  storage.engines!.find((workload) => workload.name === name)!;

describe("an OpenSearch of the stack's own", () => {
  const storage = opensearch({ managed: three });
  const node = engine(storage, "opensearch");

  it("makes one cluster of its nodes, without mapped files", () => {
    assert.deepEqual(textOf(node, "/etc/opensearch/opensearch.yml"), {
      "cluster.name": "opensearch",
      "network.host": "0.0.0.0",
      "path.logs": "/tmp/logs",
      "node.store.allow_mmap": false,
      "discovery.seed_hosts": [`opensearch-peers.${domain}`],
      "cluster.initial_cluster_manager_nodes": ["opensearch-0", "opensearch-1", "opensearch-2"],
      "gateway.expected_data_nodes": 3,
      "gateway.recover_after_data_nodes": 2,
    });
  });

  it("is asked for green before the next node is replaced, and for an answer afterwards", () => {
    assert.deepEqual(node.health, {
      port: "search",
      path: "/",
      startPath: "/_cluster/health?wait_for_status=green&timeout=1s",
      command: ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9200"],
      startup: "3160s",
    });
  });

  it("goes when nobody sends it new connections any more, where there are others", () => {
    const alone = opensearch({ managed: { ...three, nodes: 1 } });
    assert.deepEqual([node.drain, engine(alone, "opensearch").drain], ["5s", undefined]);
  });

  it("gives Java half of the memory, which is 4 GiB unless said otherwise", () => {
    const options = "-Xms2048m -Xmx2048m";
    assert.deepEqual([node.memory, node.env!["OPENSEARCH_JAVA_OPTS"]], ["4 GiB", options]);
    assert.deepEqual([heapOf("1 GiB"), heapOf("62 GiB"), heapOf("256 GiB")], [512, 31_744, 31_744]);
  });

  it("is written to and asked by a name of those nodes that are ready, by Jaeger and its jobs alone", () => {
    const config = storageConfig(storage, "2.20.0");
    assert.deepEqual(config["server_urls"], [`http://opensearch.${domain}:9200`]);
    const edge = { workload: "opensearch", port: "search", number: 9200 };
    assert.deepEqual([storage.needs?.connects, storage.needs?.externals], [[edge], []]);
    assert.deepEqual(
      storage.jobs?.map(({ name, connects }) => [name, connects]),
      [["opensearch-cleaner", [edge]]],
    );
    assert.deepEqual(node.connects, [{ workload: "opensearch", port: "transport", number: 9300 }]);
  });

  it("has a part of each index on every node, and one copy more, but none on a single node", () => {
    const spans = (nodes: number): unknown => {
      const { indices } = storageConfig(opensearch({ managed: { ...three, nodes } }), "2.13.0");
      return (indices as { spans: unknown }).spans;
    };
    assert.deepEqual(
      [spans(1), spans(2), spans(5)],
      [
        { shards: 1, replicas: 0 },
        { shards: 2, replicas: 1 },
        { shards: 5, replicas: 1 },
      ],
    );
  });

  it("is one node where one is enough, which knows no other", () => {
    const single = engine(opensearch({ managed: { ...three, nodes: 1 } }), "opensearch");
    assert.deepEqual(textOf(single, "/etc/opensearch/opensearch.yml"), {
      "cluster.name": "opensearch",
      "network.host": "0.0.0.0",
      "path.logs": "/tmp/logs",
      "node.store.allow_mmap": false,
      "discovery.type": "single-node",
    });
    assert.equal(single.connects, undefined);
    assert.equal(single.health?.startPath, "/_cluster/health?wait_for_status=yellow&timeout=1s");
  });

  it("is led by nodes without data once it is large", () => {
    const large = opensearch({ managed: { ...three, nodes: 10 } });
    assert.deepEqual(
      large.engines?.map(({ name, memory, placement }) => [name, memory, placement]),
      [
        ["opensearch-manager", "2 GiB", { replicas: 3 }],
        ["opensearch", "4 GiB", { replicas: 10 }],
      ],
    );
    const founders = ["opensearch-manager-0", "opensearch-manager-1", "opensearch-manager-2"];
    for (const [name, roles] of [
      ["opensearch-manager", ["cluster_manager"]],
      ["opensearch", ["data", "ingest"]],
    ] as const) {
      const settings = textOf(engine(large, name), "/etc/opensearch/opensearch.yml") as Record<string, unknown>;
      assert.deepEqual(settings["node.roles"], roles);
      assert.deepEqual(settings["cluster.initial_cluster_manager_nodes"], founders);
      assert.deepEqual(settings["discovery.seed_hosts"], [
        `opensearch-peers.${domain}`,
        `opensearch-manager-peers.${domain}`,
      ]);
    }
    assert.equal(opensearch({ managed: { ...three, nodes: 9 } }).engines?.length, 1);
    assert.equal(opensearch({ managed: { ...three, managers: 3 } }).engines?.length, 2);
  });

  it("warns of two nodes, of which one cannot lead alone", () => {
    const reasons = warningsOf(opensearch({ managed: { ...three, nodes: 2 } }), "2.21.0").map(sentence);
    assert.deepEqual(reasons, [
      "managed.nodes: one of two nodes cannot form a majority: while one is down, no new index can be created, got 2; use 3",
    ]);
  });
});

describe("an Elasticsearch of the stack's own", () => {
  const settings = (version: "7.10.2" | "8.19.7" | "9.1.0"): unknown => {
    const image = { ...images.elasticsearch, version };
    return textOf(
      engine(elasticsearch({ managed: { ...three, image } }), "elasticsearch"),
      "/etc/elasticsearch/elasticsearch.yml",
    );
  };

  it("is told in the words of its version", () => {
    const cluster = {
      "cluster.name": "elasticsearch",
      "network.host": "0.0.0.0",
      "path.logs": "/tmp/logs",
      "node.store.allow_mmap": false,
      "discovery.seed_hosts": [`elasticsearch-peers.${domain}`],
      "cluster.initial_master_nodes": ["elasticsearch-0", "elasticsearch-1", "elasticsearch-2"],
      "gateway.expected_data_nodes": 3,
      "gateway.recover_after_data_nodes": 2,
    };
    const later = {
      ...cluster,
      "xpack.security.enabled": false,
      "xpack.ml.enabled": false,
      "ingest.geoip.downloader.enabled": false,
    };
    assert.deepEqual([settings("7.10.2"), settings("8.19.7"), settings("9.1.0")], [cluster, later, later]);
  });
});

describe("a Cassandra of the stack's own", () => {
  const storage = cassandra({ managed: three });
  const node = engine(storage, "cassandra");

  it("starts its nodes in turn, each ready when it has its share", () => {
    assert.deepEqual([node.inTurn, node.placement], [true, { replicas: 3 }]);
    assert.deepEqual(node.health, {
      port: "cql",
      command: ["/bin/bash", "-c", 'exec 3<>"/dev/tcp/$HOSTNAME/9042"'],
      startup: "3160s",
    });
    const { seed_provider: seeds } = textOf(node, "/etc/cassandra-node/cassandra.yaml") as Record<string, unknown>;
    assert.deepEqual(seeds, [
      {
        class_name: "org.apache.cassandra.locator.SimpleSeedProvider",
        parameters: [{ seeds: `cassandra-0.cassandra-peers.${domain}:7000` }],
      },
    ]);
  });

  it("goes when clients have heard where the one before it is now, where there are others", () => {
    const alone = cassandra({ managed: { ...three, nodes: 1 } });
    assert.deepEqual([node.drain, engine(alone, "cassandra").drain], ["10s", undefined]);
  });

  it("keeps as many copies as it can, three at most, and waits for a quorum of three alone", () => {
    const written = (nodes: number) => {
      const { schema, query } = storageConfig(cassandra({ managed: { ...three, nodes } }), "2.13.0");
      const { consistency } = query as { consistency: string };
      return [(schema as Record<string, unknown>)["replication_factor"], consistency];
    };
    assert.deepEqual([1, 2, 3, 6].map(written), [
      [1, "LOCAL_ONE"],
      [2, "LOCAL_ONE"],
      [3, "LOCAL_QUORUM"],
      [3, "LOCAL_QUORUM"],
    ]);
  });

  it("is asked at each node, in the data centre it says it is in", () => {
    const { connection, schema } = storageConfig(storage, "2.13.0") as Record<string, Record<string, unknown>>;
    assert.deepEqual(connection, {
      servers: [0, 1, 2].map((i) => `cassandra-${i}.cassandra-peers.${domain}:9042`),
      local_dc: "dc1",
      timeout: "5s",
      reconnect_interval: "10s",
      tls: { insecure: true },
    });
    assert.equal(schema!["datacenter"], "dc1");
    assert.deepEqual(node.files!["/etc/cassandra-node/cassandra-rackdc.properties"], {
      content: "dc=dc1\nrack=rack1\n",
    });
    assert.deepEqual(storage.needs?.connects, [{ workload: "cassandra", port: "cql", number: 9042 }]);
  });

  it("has on disk what a node acknowledges that no second one has", () => {
    const modes = [1, 2, 3, 6].map((nodes) => {
      const described = engine(cassandra({ managed: { ...three, nodes } }), "cassandra");
      const { commitlog_sync: mode } = textOf(described, "/etc/cassandra-node/cassandra.yaml") as Record<
        string,
        unknown
      >;
      return mode;
    });
    assert.deepEqual(modes, ["batch", "batch", "periodic", "periodic"]);
  });

  it("gives Java as much as Cassandra would", () => {
    const heaps = (["1 GiB", "2 GiB", "4 GiB", "16 GiB", "64 GiB"] as const).map(cassandraHeap);
    assert.deepEqual(heaps, [512, 1024, 1024, 4096, 8192]);
    assert.equal(node.env!["MAX_HEAP_SIZE"], "1024M");
  });
});

describe("nodes of the stack's own", () => {
  const os = (managed: object, more: object = {}) => ({
    kind: "opensearch",
    managed: { ...three, ...managed },
    ...more,
  });
  const cs = (managed: object, more: object = {}) => ({
    kind: "cassandra",
    managed: { ...three, ...managed },
    ...more,
  });
  const refused: readonly (readonly [unknown, string])[] = [
    [
      { kind: "elasticsearch" },
      'external: neither external nor managed is given; write managed: { nodes: 3, size: "100 GiB" } to run one, or external with the addresses of an existing one',
    ],
    [
      { ...os({}), external: { urls: ["http://os:9200"] } },
      "managed: given together with external; remove one of them: traces are in one store",
    ],
    [os({ nodes: 0 }), "managed.nodes: not a whole number above zero, got 0; write 1 or more"],
    [os({ nodes: "3" }), 'managed.nodes: not a whole number above zero, got "3"; write 1 or more'],
    [os({ size: "100" }), 'managed.size: not a size, got "100"; write it with its unit, as "20 GiB"'],
    [
      os({ size: "500 MiB" }),
      'managed.size: not enough for indices and what merges them, got "500 MiB"; write "1 GiB" or more',
    ],
    [
      os({ memory: "512 MiB" }),
      'managed.memory: leaves too little for the Java heap, got "512 MiB"; write "1 GiB" or more',
    ],
    [
      cs({ memory: "768 MiB" }),
      'managed.memory: leaves too little for the Java heap, got "768 MiB"; write "1 GiB" or more',
    ],
    [os({ cpu: 0 }), "managed.cpu: not a number of CPUs, got 0; write a number above 0, as 0.5"],
    [os({ managers: 2 }), "managed.managers: not an odd number above 1, got 2; write 3, so that two form a majority"],
    [os({ heap: "1 GiB" }), "managed.heap: unknown option; use nodes, size, memory, cpu, image, at, managers"],
    [cs({ managers: 3 }), "managed.managers: unknown option; use nodes, size, memory, cpu, image, at"],
    [os({ at: undefined }), "managed.at: missing; give it in code; the stack sets it itself"],
    [
      os({ nodes: 1 }, { replicas: 1 }),
      "replicas: a replica never shares a node with its primary, and there are 1 nodes, got 1; write 0 or less",
    ],
    [
      os({}, { replicas: 3 }),
      "replicas: a replica never shares a node with its primary, and there are 3 nodes, got 3; write 2 or less",
    ],
    [
      cs({ nodes: 2 }, { replicationFactor: 3 }),
      "replicationFactor: every copy needs its own node, and there are 2, got 3; write 2 or less",
    ],
    [
      cs({ image: { ...images.cassandra, version: "4.0.11" } }),
      'managed.image.version: older than the oldest supported Cassandra, got "4.0.11"; use 4.1.0 or newer',
    ],
    [
      os({ image: { ...images.opensearch, version: "1.3.0" } }),
      'managed.image.version: older than the oldest supported opensearch, got "1.3.0"; use 2.0.0 or newer',
    ],
    [{ ...os({}), managed: 3 }, 'managed: not an object, got 3; write { nodes: 3, size: "100 GiB" }'],
  ];
  for (const [written, said] of refused) {
    it(`are refused: ${said}`, () => {
      const { problems = [], engines } = traceStorage(written as StorageSpec);
      assert.deepEqual(problems.map(sentence), [said]);
      assert.equal(engines, undefined);
    });
  }
});
