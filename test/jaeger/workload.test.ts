import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { sentence } from "../../components/core/problems";
import { portsOf } from "../../components/jaeger/ports";
import { jaeger, jaegerPorts } from "../../components/jaeger/workload";
import { images } from "../../components/images";
import { badger } from "../../components/storage/backends/badger";
import { memory } from "../../components/storage/backends/memory";
import type { TraceStorage } from "../../components/storage/storage";

const storage = badger({ size: "20 GiB" });
const networked: TraceStorage = { kind: "opensearch", config: {}, shared: true };
const content = (workload: { files?: object }, path: string): string =>
  ((workload.files as Record<string, { content: string }>)[path] ?? { content: "" }).content;

describe("jaeger", () => {
  it("describes one process with its config, its data and its limits", () => {
    const { files, ...workload } = jaeger("jaeger", { storage });
    assert.deepEqual(workload, {
      name: "jaeger",
      component: "jaeger:Jaeger",
      image: images.jaeger,
      args: ["--config", "/etc/jaeger/config.yaml"],
      env: { GOMEMLIMIT: "655MiB" },
      volumes: {
        "/tmp": { kind: "scratch", size: "16 MiB" },
        "/badger": { kind: "persistent", name: "badger", size: "20 GiB" },
      },
      ports: jaegerPorts,
      connects: [],
      externals: [],
      health: { port: "health", path: "/status", startup: "15m" },
      memory: "1 GiB",
      placement: { replicas: 1 },
      problems: [],
    });
    assert.deepEqual(Object.keys(files ?? {}), ["/etc/jaeger/config.yaml", "/etc/jaeger/sampling.json"]);
  });

  it("has the ports of its role and no others", () => {
    const all = jaeger("jaeger", { storage });
    const collector = jaeger("collector", { role: "collector", storage: networked });
    const query = jaeger("query", { role: "query", storage: networked });
    assert.deepEqual([all.ports, collector.ports, query.ports], [portsOf.all, portsOf.collector, portsOf.query]);
    assert.deepEqual(
      Object.entries(portsOf.all)
        .map(([name, { port }]) => `${name} ${port}`)
        .sort(),
      [
        "health 13133",
        "metrics 8888",
        "otlp-grpc 4317",
        "otlp-http 4318",
        "query 16686",
        "query-grpc 16685",
        "sampling 5778",
        "sampling-grpc 5779",
      ],
    );
  });

  it("opens to the outside what is asked for, under the number asked for", () => {
    const { ports } = jaeger("jaeger", { storage, outside: { query: 8080, sampling: undefined } });
    assert.deepEqual(ports.query, { port: 16686, reach: "outside", outside: 8080 });
    assert.deepEqual(ports.sampling, { port: 5778 });
  });

  it("takes no outside number for a port its role does not have", () => {
    // @ts-expect-error a query role receives no spans
    const { ports } = jaeger("query", { role: "query", storage: networked, outside: { "otlp-grpc": 4317 } });
    assert.deepEqual(ports, portsOf.query);
  });

  it("serves the strategies it is given, and keeps everything without any", () => {
    const given = readFileSync(join(__dirname, "../../configs/sampling/prod.json"), "utf8");
    assert.equal(content(jaeger("jaeger", { storage, sampling: given }), "/etc/jaeger/sampling.json"), given);
    assert.deepEqual(JSON.parse(content(jaeger("jaeger", { storage }), "/etc/jaeger/sampling.json")), {
      default_strategy: { type: "probabilistic", param: 1 },
    });
  });

  it("gives the last word on the configuration to whoever asks for it", () => {
    const changed = jaeger("jaeger", { storage, customize: ({ service }) => ({ service }) });
    assert.deepEqual(Object.keys(parse(content(changed, "/etc/jaeger/config.yaml"))), ["service"]);
  });

  it("follows the memory it may use", () => {
    const workload = jaeger("jaeger", { storage, memory: "2 GiB" });
    assert.deepEqual([workload.memory, workload.env?.["GOMEMLIMIT"]], ["2 GiB", "1310MiB"]);
    assert.deepEqual(parse(content(workload, "/etc/jaeger/config.yaml")).processors.memory_limiter.limit_mib, 1638);
  });

  it("runs as many replicas of a shared storage as it is told", () => {
    const workload = jaeger("query", { role: "query", storage: networked, replicas: 3 });
    assert.deepEqual([workload.placement, workload.problems], [{ replicas: 3 }, []]);
  });

  it("says everything that is wrong at once", () => {
    const { problems = [] } = jaeger("jaeger", {
      image: { ...images.jaeger, version: "2.9.0" },
      role: "collector",
      storage: memory({ maxTraces: 0 }),
      memory: "0 GiB",
      replicas: 3,
      sampling: "",
      metrics: { host: "prometheus", port: 9090 },
    });
    assert.deepEqual(problems.map(sentence), [
      'image.version: older than Jaeger 2.13.0, got "2.9.0"; use 2.13.0 or newer',
      'memory: not a size, got "0 GiB"; write it with its unit, as "2 GiB"',
      "replicas: only one process at a time can open memory, got 3; set replicas to 1, or use a storage that several processes can share",
      'role: only one process can open memory, so it must both write and query, got "collector"; remove the role, or use a storage that several processes can share',
      "metrics: role collector has no Monitor page; give it to the query role",
      "storage.maxTraces: not a whole number above zero, got 0; write 1 or more",
      "sampling.content: the strategies file does not exist or is empty; name a file in configs/sampling, or write { default_strategy: … }",
    ]);
  });

  it("refuses no replicas, and strategies for a role that serves none", () => {
    const { problems = [] } = jaeger("query", {
      role: "query",
      storage: networked,
      replicas: 0,
      sampling: { default_strategy: { type: "probabilistic", param: 1 } },
    });
    assert.deepEqual(problems.map(sentence), [
      "replicas: not a whole number above zero, got 0; write 1 or more",
      "sampling: role query serves no SDKs; give it to the collector",
    ]);
  });

  it("puts no figure it could not work out into a configuration", () => {
    const config = content(jaeger("jaeger", { storage, memory: "0 GiB" }), "/etc/jaeger/config.yaml");
    assert.equal(/nan/i.test(config), false);
  });
});
