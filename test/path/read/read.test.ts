import assert from "node:assert/strict";
import { read } from "../../../components/path/read";
import { line } from "../../../components/path/read/finding";
import { child, milliseconds, number, partlyKnown, text, type Node } from "../../../components/path/read/node";

const reading = (files: Readonly<Record<string, string>>, ...processes: string[][]) =>
  read(
    processes.length > 0 ? processes : Object.keys(files).map((file) => [file]),
    (path, from) => files[path] ?? files[`${from.slice(0, from.lastIndexOf("/") + 1)}${path}`],
  );

const broken = (files: Readonly<Record<string, string>>): string[] => reading(files).findings.map(line);

/** The settings of a debug exporter, within the least that is a Collector. */
function settings(written: string, others: Readonly<Record<string, string>> = {}): Node | undefined {
  const { written: path, findings } = reading({ "a.yaml": `exporters:\n  debug: ${written}\n`, ...others }, ["a.yaml"]);
  assert.deepEqual(findings.map(line), []);
  return path.collectors[0]!.components[0]!.config;
}

describe("reading configuration that others wrote", () => {
  it("says every error of YAML, in every file, with line and column", () => {
    assert.deepEqual(
      broken({
        "a.yaml": "receivers:\n  otlp: [\nexporters:\n  debug:\n  debug:\n",
        "b.yaml": "service:\n  pipelines:\n   traces: {}\n  telemetry: {\n",
      }).map((one) => one.replace(/; mend.*/, "")),
      [
        "a.yaml:3:1: error: YAML: flow sequence in block collection must be sufficiently indented and end with a ]; fix the YAML; the rest of this file was not checked [yaml]",
        "a.yaml:5:3: error: YAML: map keys must be unique; fix the YAML; the rest of this file was not checked [yaml]",
        "b.yaml:5:1: error: YAML: flow map in block collection must be sufficiently indented and end with a }; fix the YAML; the rest of this file was not checked [yaml]",
      ],
    );
  });

  it("says one error of YAML where the parser loses its way, not one a token", () => {
    assert.deepEqual(
      broken({ "a.yaml": "exporters: { debug: ${env:X} }\nservice: { telemetry: { logs: [a] } }\n" }).length,
      1,
    );
  });

  it("says what a file is that is not a Collector's, all at once", () => {
    assert.deepEqual(
      broken({
        "prometheus.yml": "global: {}\nscrape_configs: []\n",
        "compose.yaml": "services:\n  jaeger: {}\n",
        "deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\n",
        "values.yaml": "mode: daemonset\nservice: { type: ClusterIP }\nconfig: { receivers: {} }\n",
        "list.yaml": "- a\n- b\n",
        "empty.yaml": "# nothing\n",
      }),
      [
        "prometheus.yml:2:1: error: scrape_configs: this is a configuration of Prometheus, not a Collector's configuration; give the Collector's configuration [not-a-collector]",
        "compose.yaml:1:1: error: services: this is a Compose file, not a Collector's configuration; give the configuration that it mounts [not-a-collector]",
        "deployment.yaml:1:1: error: apiVersion: this is a Kubernetes object, not a Collector's configuration; give the Collector's own YAML, the string within its data or config [not-a-collector]",
        "values.yaml:3:1: error: config: this is values of a Helm chart, not a Collector's configuration; save what is under `config` as a separate file [not-a-collector]",
        "list.yaml:1:1: error: YAML: this is not a Collector's configuration; give a file with service.pipelines, and the receivers and exporters they name [not-a-collector]",
        "empty.yaml:1:1: error: YAML: this is not a Collector's configuration; give a file with service.pipelines, and the receivers and exporters they name [not-a-collector]",
      ],
    );
  });

  it("says that a file cannot be read", () => {
    assert.deepEqual(reading({}, ["gone.yaml"]).findings.map(line), [
      'gone.yaml:1:1: error: --config: cannot be read, got "gone.yaml"; name a file that exists [unreadable]',
    ]);
  });

  it("takes defaults of the environment with their types, and leaves the rest unknown", () => {
    const read = settings(
      '{ a: "${env:SIZE:-12}", b: "${env:HOST:-here}:4317", c: "${env:TOKEN}", d: "${env:HOST}:4317", e: "$${env:X}", f: "${env:LIST:-[1, 2]}", g: "${s3:bucket}" }',
    );
    assert.equal(number(child(read, "a")), 12);
    assert.equal(text(child(read, "b")), "here:4317");
    assert.equal(text(child(read, "c")), undefined);
    assert.equal(partlyKnown(child(read, "d")), "${env:HOST}:4317");
    assert.equal(text(child(read, "e")), "${env:X}");
    assert.equal(child(read, "f")?.is, "list");
    assert.equal(child(read, "g")?.is, "unknown");
  });

  it("reads what is included, and points into it", () => {
    const read = settings("${file:parts/debug.yaml}", { "parts/debug.yaml": "# ours\nverbosity: ${yaml:detailed}\n" });
    const verbosity = child(read, "verbosity");
    assert.equal(text(verbosity), "detailed");
    assert.deepEqual(verbosity?.at, { file: "parts/debug.yaml", line: 2, column: 12 });
    assert.equal(settings("${file:/etc/only/there.yaml}")?.is, "unknown");
  });

  it("says that an included file is not here, unless it is one of the Collector's machine", () => {
    const files = { "a.yaml": "exporters:\n  debug: ${file:gone.yaml}\n  nop: ${file:/etc/gone.yaml}\n" };
    assert.deepEqual(reading(files).findings.map(line), [
      'a.yaml:2:10: note: YAML: file not found, so its content was not checked, got "gone.yaml"; put it next to the file that includes it [include-not-read]',
    ]);
  });

  it("says that a default needs its scheme, as the Collector does", () => {
    assert.deepEqual(
      reading({ "a.yaml": 'exporters:\n  debug: { a: "${HOST:-here}" }\n' }).findings.map(line),
      [
        'a.yaml:2:15: error: YAML: the Collector reads "HOST" as a scheme, as in file: and yaml:, and does not start, got "${HOST:-here}"; write ${env:HOST:-here}',
      ].map((one) => `${one} [yaml]`),
    );
  });

  it("says that a file includes itself", () => {
    const files = { "a.yaml": "exporters: ${file:b.yaml}\n", "b.yaml": "debug: ${file:b.yaml}\n" };
    assert.deepEqual(reading(files, ["a.yaml"]).findings.map(line), [
      'b.yaml:1:8: error: YAML: the file includes itself, got "b.yaml"; remove the reference [yaml]',
    ]);
  });

  it("follows anchors and merge keys", () => {
    const read = settings(
      "\n    base: &base { a: 1, b: 2 }\n    one: { <<: *base, b: 3 }\n    two: { b: 4, <<: *base }",
    );
    assert.deepEqual([number(child(read, "one", "a")), number(child(read, "one", "b"))], [1, 3]);
    assert.deepEqual([number(child(read, "two", "a")), number(child(read, "two", "b"))], [1, 4]);
  });

  it("merges files of one process as the Collector does: maps by key, lists replaced", () => {
    const { written, findings } = reading(
      {
        "base.yaml":
          "receivers: { otlp: { protocols: { grpc: } } }\nexporters: { debug: }\nservice: { pipelines: { traces: { receivers: [otlp], exporters: [debug] } } }\n",
        "more.yaml": "exporters: { nop: }\nservice: { pipelines: { traces: { exporters: [nop] } } }\n",
        "nothing.yaml": "# yet\n",
      },
      ["base.yaml", "more.yaml", "nothing.yaml"],
    );
    assert.deepEqual(findings, []);
    const [collector] = written.collectors;
    assert.deepEqual(
      collector!.components.map(({ id, at }) => [id, at.file]),
      [
        ["otlp", "base.yaml"],
        ["debug", "base.yaml"],
        ["nop", "more.yaml"],
      ],
    );
    assert.deepEqual(
      collector!.pipelines[0]!.exporters.map(({ id }) => id),
      ["nop"],
    );
  });

  it("finds configuration in Kubernetes objects, with lines and columns of the file", () => {
    const { written, findings } = reading({
      "objects.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: agent }
data:
  relay: |
    exporters:
      debug: {}
  ui.json: |
    {}
---
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
spec:
  config:
    exporters:
      nop: {}
`,
    });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      written.collectors.map(({ components: [component] }) => [
        component!.id,
        component!.at.line,
        component!.at.column,
      ]),
      [
        ["debug", 7, 7],
        ["nop", 16, 7],
      ],
    );
  });

  it("reads durations as Go does", () => {
    const read = settings("{ a: 1h30m, b: 200ms, c: 0, d: 1.5s, e: soon, f: 10000 }");
    const all = ["a", "b", "c", "d", "e", "f"].map((key) => milliseconds(child(read, key)));
    assert.deepEqual(all, [5_400_000, 200, 0, 1500, undefined, 0.01]);
  });
});

describe("joining files to a path", () => {
  const receiver = (port: number): string =>
    `receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:${port}", max_recv_msg_size_mib: 16 } } } }\nexporters: { nop: }\nservice: { pipelines: { traces: { receivers: [otlp], exporters: [nop] } } }\n`;
  const sender = (endpoint: string, exporter = "otlp"): string =>
    `receivers: { zipkin: }\nexporters: { ${exporter}: { endpoint: "${endpoint}" } }\nservice: { pipelines: { traces: { receivers: [zipkin], exporters: [${exporter}] } } }\n`;
  const end = (files: Readonly<Record<string, string>>): (string | number)[] => {
    const [edge] = reading(files).written.edges;
    return edge?.to ? [edge.to.collector.name, edge.to.takesBytes] : [];
  };

  it("leads to the one file that listens on the port", () => {
    assert.deepEqual(end({ "a.yaml": sender("${env:HOST}:4444"), "b.yaml": receiver(4444) }), [
      "b.yaml",
      16 * 1024 ** 2,
    ]);
    assert.deepEqual(end({ "a.yaml": sender("http://b:4445"), "b.yaml": receiver(4444) }), []);
  });

  it("chooses by the name of the file where several listen there", () => {
    const files = { "c/gateway.yaml": receiver(4317), "c/jaeger-config.yaml": receiver(4317) };
    assert.deepEqual(end({ "a.yaml": sender("jaeger:4317"), ...files }), ["c/jaeger-config.yaml", 16 * 1024 ** 2]);
    assert.deepEqual(end({ "a.yaml": sender("dns:///otel-gateway.ns.svc:4317"), ...files }), [
      "c/gateway.yaml",
      16 * 1024 ** 2,
    ]);
    assert.deepEqual(end({ "a.yaml": sender("collector:4317"), ...files }), []);
    const folders = { "prod/gateway/config.yaml": receiver(4317), "prod/sampler/config.yaml": receiver(4317) };
    assert.deepEqual(end({ "a.yaml": sender("gateway.prod:4317"), ...folders })[0], "prod/gateway/config.yaml");
    const common = { "collector/config.yaml": receiver(4317), "jaeger/config.yaml": receiver(4317) };
    assert.deepEqual(end({ "a.yaml": sender("collector:4317"), ...common })[0], "collector/config.yaml");
  });

  it("leaves the other end unknown outside one's own network, and for another protocol", () => {
    assert.deepEqual(end({ "a.yaml": sender("ingest.example.com:4317"), "b.yaml": receiver(4317) }), []);
    assert.deepEqual(end({ "a.yaml": sender("http://b:4317", "otlphttp"), "b.yaml": receiver(4317) }), []);
  });
});
