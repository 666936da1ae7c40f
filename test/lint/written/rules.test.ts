import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint, rules } from "../../../components/lint/written";
import { read } from "../../../components/path/read";
import { line } from "../../../components/path/read/finding";
import { good } from "./good";
import { seeds } from "./seeds";

const found = (files: Readonly<Record<string, string>>, version?: number): string[] =>
  lint(
    read(
      Object.keys(files).map((file) => [file]),
      (file) => files[file],
      version,
    ),
  ).map(line);

/** A change that has to be one, or its seed would prove nothing. */
function changed(text: string, [was, is]: readonly [string, string]): string {
  assert.ok(text.includes(was), `nothing to change: ${was}`);
  return text.replace(was, () => is);
}

describe("rules over configuration that others wrote", () => {
  it("find nothing in a path without a fault", () => {
    assert.deepEqual(found(good), []);
  });

  for (const { code, file, was, is, and, version, found: expected } of seeds) {
    it(`${code}: ${file} with ${JSON.stringify(is)}`, () => {
      const once = changed(good[file]!, [was, is]);
      const text = and ? changed(once, and) : once;
      assert.ok(expected.some((one) => one.endsWith(`[${code}]`)));
      assert.deepEqual(found({ ...good, [file]: text }, version), expected);
    });
  }

  it("find nothing in a queue of load_balancing in which nothing waits without its sender", () => {
    const queue = (body: string): string =>
      changed(good["gateway.yaml"]!, [
        "        sending_queue: { enabled: false }\n    resolver",
        `        sending_queue: { enabled: true, ${body} }\n    resolver`,
      ]);
    const count = (body: string): number => found({ ...good, "gateway.yaml": queue(body) }).length;
    assert.deepEqual([count("wait_for_result: true"), count("wait_for_result: false")], [0, 1]);
  });

  it("find no port taken twice on two addresses of a machine", () => {
    const text = (first: string, second: string): string => `receivers:
  otlp: { protocols: { grpc: { endpoint: "${first}" } } }
  otlp/2: { protocols: { grpc: { endpoint: "${second}" } } }
exporters: { nop: }
service: { pipelines: { traces: { receivers: [otlp, otlp/2], exporters: [nop] } } }
`;
    const count = (first: string, second: string): number => found({ "a.yaml": text(first, second) }).length;
    assert.deepEqual([count("10.0.0.1:4317", "10.0.0.2:4317"), count("10.0.0.1:4317", "${env:IP}:4317")], [0, 0]);
    assert.deepEqual([count("0.0.0.0:4317", "10.0.0.2:4317"), count("localhost:4317", "127.0.0.1:4317")], [1, 1]);
  });

  it("judge nothing that only the Collector's environment knows", () => {
    const hidden = [
      ["exporters: [otlp_grpc, debug]", "exporters: [otlp_grpc, debug, '${env:ALSO}']"],
      ["processors: [memory_limiter, k8s_attributes]", "processors: ${env:PROCESSORS}"],
      ["      exporters: [otlp_grpc]\n", "      exporters: ${env:EXPORTERS}\n"],
      ["extensions: [file_storage, health_check]", "extensions: ${env:EXTENSIONS}"],
      ["    check_interval: 1s\n    limit_percentage: 80\n", "    check_interval: ${env:A}\n    limit_mib: ${env:B}\n"],
      ["retry_on_failure: { max_elapsed_time: 0s }", "retry_on_failure: ${env:RETRY}"],
      ["max_size: 2000000", "max_size: '${env:BYTES}'"],
      ["    fsync: true\n", "    fsync: ${env:SYNC}\n"],
      ["endpoint: gateway:4317", "endpoint: ${env:GATEWAY}"],
    ] as const;
    for (const change of hidden) {
      assert.deepEqual(found({ ...good, "agent.yaml": changed(good["agent.yaml"]!, change) }), [], change[1]);
    }
    const included = "receivers: ${file:/etc/otelcol/receivers.yaml}\nexporters: { nop: }\n";
    const service = "service: { pipelines: { traces: { receivers: [otlp], exporters: [nop] } } }\n";
    assert.deepEqual(found({ "a.yaml": included + service }), []);
    assert.deepEqual(found({ "a.yaml": "exporters: { nop: }\nservice: ${file:/etc/otelcol/service.yaml}\n" }), []);
  });

  it("have a seed each", () => {
    assert.deepEqual([...new Set(seeds.map(({ code }) => code))].sort(), rules.map(({ code }) => code).sort());
  });

  it("are in docs/lint.md, each with what it finds", () => {
    const document = readFileSync(join(__dirname, "../../../docs/lint.md"), "utf8");
    const rows = [...document.matchAll(/^\| `([a-z0-9-]+)` +\| (error|warning|note) +\| (.*?) +\|$/gm)];
    assert.deepEqual(
      rows.map(([, code, severity, finds]) => ({ code, severity, finds })),
      rules.map(({ code, severity, finds }) => ({ code, severity, finds })),
    );
  });
});

describe("names of the Collector 0.90 to 0.165", () => {
  const former = (text: string): string =>
    text
      .replaceAll("otlp_grpc", "otlp")
      .replaceAll("otlp_http", "otlphttp")
      .replaceAll("load_balancing", "loadbalancing")
      .replaceAll("span_metrics", "spanmetrics")
      .replaceAll("k8s_attributes", "k8sattributes")
      .replaceAll("file_log", "filelog");
  const old = Object.fromEntries(Object.entries(good).map(([file, text]) => [file, former(text)]));

  it("mean the same, and former ones are right where nothing says which version runs", () => {
    assert.deepEqual(found(old), []);
    assert.deepEqual(found(old, 120), []);
  });

  it("are former ones from the version on that has replaced them", () => {
    const codes = found(old, 150).map((one) => one.replace(/:\d.*: note: /, " ").replace(/;.*/, ""));
    assert.deepEqual(codes, [
      'agent.yaml receivers.filelog: "filelog" was renamed "file_log" in 0.149',
      'agent.yaml processors.k8sattributes: "k8sattributes" was renamed "k8s_attributes" in 0.146',
      'agent.yaml exporters.otlp: "otlp" was renamed "otlp_grpc" in 0.144',
      'gateway.yaml exporters.otlphttp: "otlphttp" was renamed "otlp_http" in 0.144',
    ]);
  });

  it("of what is gone are a note where nothing says which version runs, and an error there", () => {
    const text = `receivers: { otlp: { protocols: { grpc: } } }
exporters: { logging: }
service: { pipelines: { traces: { receivers: [otlp], exporters: [logging] } } }
`;
    const said = (version?: number): string[] => found({ "a.yaml": text }, version).map((one) => one.slice(0, 24));
    assert.deepEqual(said(), ["a.yaml:2:14: note: expor"]);
    assert.deepEqual(said(110), []);
    assert.deepEqual(said(111), ["a.yaml:2:14: error: expo"]);
  });
});

describe("what the prod stack renders", () => {
  const roles = ["agent", "gateway", "sampler", "jaeger"];
  const folder = join(__dirname, "../../../configs/rendered/prod");
  const reading = read(
    roles.map((role) => [`${role}/config.yaml`]),
    (file) => readFileSync(join(folder, file), "utf8"),
  );

  it("is one path, hop by hop", () => {
    const hops = reading.written.edges.flatMap(({ from, to }) => (to ? [[from.name, to.collector.name]] : []));
    assert.deepEqual(hops, [
      ["agent/config.yaml", "gateway/config.yaml"],
      ["gateway/config.yaml", "sampler/config.yaml"],
      ["sampler/config.yaml", "jaeger/config.yaml"],
    ]);
  });

  it("has no error", () => {
    assert.deepEqual(
      lint(reading).filter(({ severity }) => severity === "error"),
      [],
    );
  });
});
