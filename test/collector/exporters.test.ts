import assert from "node:assert/strict";
import {
  bearerTokenAuth,
  file,
  kafka,
  loadBalancing,
  otlpGrpc,
  otlpHttp,
  prometheusExporter,
} from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import { external, type Endpoint } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";
import { testLogin } from "../support/login";

const configOf = (part: Part) => configIn("0.158.0", part);
const problemsOf = (part: Part) => (part.problems ?? []).map(sentence);
const of = { workload: "next", port: "otlp" };
const inside: Endpoint = { host: "next", port: 4317, of };
const outside = external("otlp.example.com:443");
const secret = (value: string) => ({ secret: value });

describe("exporters", () => {
  it("show the login of their address: a header over gRPC without encryption, an extension elsewhere", () => {
    const grpc = otlpGrpc({ name: "a", to: { ...inside, login: testLogin } });
    assert.deepEqual(configOf(grpc)["headers"], { authorization: "${env:BASIC_AUTH_SIGHTLINE_HEADER}" });
    assert.equal(configOf(grpc)["auth"], undefined);
    assert.deepEqual(grpc.needs?.env, { BASIC_AUTH_SIGHTLINE_HEADER: testLogin.header });
    assert.deepEqual(problemsOf(grpc), []);
    for (const exporter of [
      otlpGrpc({ name: "a", to: { ...outside, login: testLogin } }),
      otlpHttp({ name: "a", to: { ...inside, login: testLogin } }),
    ]) {
      assert.deepEqual(configOf(exporter)["auth"], { authenticator: "basicauth/sightline" });
      assert.equal(configOf(exporter)["headers"], undefined);
    }
  });

  it("encrypt what leaves the stack, and nothing inside it", () => {
    assert.deepEqual(configOf(otlpGrpc({ name: "a", to: inside }))["tls"], { insecure: true });
    assert.deepEqual(configOf(otlpGrpc({ name: "a", to: outside }))["tls"], { insecure: false });
    assert.deepEqual(configOf(otlpHttp({ name: "a", to: inside, path: "/otlp" }))["endpoint"], "http://next:4317/otlp");
    assert.deepEqual(configOf(otlpHttp({ name: "a", to: outside }))["endpoint"], "https://otlp.example.com:443");
  });

  it("encrypt as the address says, and begin at its path", () => {
    const [https, http] = [external("https://otlp.example.com/otlp"), external("http://otlp.example.com")];
    const of = (to: Endpoint) => configOf(otlpHttp({ name: "a", to, path: "/v2" }));
    assert.deepEqual(
      [of(https)["endpoint"], of(https)["tls"]],
      ["https://otlp.example.com:443/otlp/v2", { insecure: false }],
    );
    assert.deepEqual([of(http)["endpoint"], of(http)["tls"]], ["http://otlp.example.com:80/v2", { insecure: true }]);
    assert.deepEqual(problemsOf(otlpHttp({ name: "a", to: https, tls: true })), []);
    assert.deepEqual(problemsOf(otlpHttp({ name: "a", to: https, tls: false })), [
      "tls: the address uses https, got false; remove it, or give another address",
    ]);
    assert.deepEqual(problemsOf(otlpGrpc({ name: "a", to: https })), [
      'to: this address takes no path, got "/otlp"; write "otlp.example.com:443"',
    ]);
    assert.deepEqual(problemsOf(otlpGrpc({ name: "a", to: http })), []);
    assert.deepEqual(problemsOf(kafka({ name: "a", brokers: [http], topics: {} })), [
      'brokers.0: this address takes no scheme, got "http"; write "otlp.example.com:80"',
    ]);
  });

  it("know the other end by authorities of one's own, and show a certificate", () => {
    const pem = "-----BEGIN CERTIFICATE-----";
    const tls = { ca: `${pem} ca`, certificate: `${pem} mine`, key: secret("k") };
    const [grpc, http] = [otlpGrpc({ name: "a", to: outside, tls }), otlpHttp({ name: "a", to: outside, tls })];
    const folder = "/etc/otelcol-contrib/tls/otlp_grpc-a";
    assert.deepEqual(configOf(grpc)["tls"], {
      insecure: false,
      ca_file: `${folder}/ca.pem`,
      cert_file: `${folder}/client.pem`,
      key_file: `${folder}/client-key.pem`,
      reload_interval: "10s",
    });
    assert.deepEqual(grpc.needs?.files, {
      [`${folder}/ca.pem`]: { content: `${pem} ca` },
      [`${folder}/client.pem`]: { content: `${pem} mine` },
      [`${folder}/client-key.pem`]: { secret: "k" },
    });
    assert.deepEqual(
      Object.keys(http.needs?.files ?? {}),
      ["ca", "client", "client-key"].map((name) => `/etc/otelcol-contrib/tls/otlp_http-a/${name}.pem`),
    );
    assert.deepEqual(configOf(otlpGrpc({ name: "a", to: inside, tls: { ca: `${pem} ca` } }))["tls"], {
      insecure: false,
      ca_file: `${folder}/ca.pem`,
    });
    assert.deepEqual(problemsOf(otlpHttp({ name: "a", to: outside, tls: { ca: "/etc/ca.pem", key: secret("k") } })), [
      "tls.ca: not a certificate; give the text of the PEM file, not its path",
      "tls.key: given without certificate; give both or neither",
    ]);
  });

  it("send headers, and none that is secret in clear", () => {
    const headers = { "x-tenant": "shop", "x-api-key": secret("k") };
    for (const [exporter, variable] of [
      [otlpGrpc({ name: "a", to: outside, headers }), "OTLP_GRPC_A_HEADER_X_API_KEY"],
      [otlpHttp({ name: "a", to: outside, headers }), "OTLP_HTTP_A_HEADER_X_API_KEY"],
    ] as const) {
      assert.deepEqual(configOf(exporter)["headers"], { "x-tenant": "shop", "x-api-key": `\${env:${variable}}` });
      assert.deepEqual(exporter.needs?.env, { [variable]: secret("k") });
    }
  });

  it("write to a Kafka whose authority is given, as an Output too", () => {
    const tls = { ca: secret("theirs") };
    const exporter = kafka({ name: "a", brokers: [outside], topics: {}, tls });
    const ca = "/etc/kafka-client-a/ca.pem";
    assert.deepEqual(configOf(exporter)["tls"], { insecure: false, ca_file: ca });
    assert.deepEqual(exporter.needs?.files, { [ca]: secret("theirs") });
    assert.deepEqual(problemsOf(kafka({ name: "a", brokers: [outside], tls: { ca: "/etc/ca.pem" } })), [
      "tls.ca: not a certificate; give the text of the PEM file, not its path",
    ]);
  });

  it("show credentials over gRPC on encrypted connections alone", () => {
    const auth = bearerTokenAuth({ token: secret("t") });
    assert.deepEqual(problemsOf(otlpGrpc({ name: "a", to: outside, auth })), []);
    assert.deepEqual(problemsOf(otlpGrpc({ name: "a", to: inside, auth })), [
      "auth: gRPC sends no credentials over an unencrypted connection; set tls: true, or send over otlp_http",
    ]);
  });

  it("compress as every server can beyond the stack", () => {
    const compressionTo = (to: typeof inside) => configOf(otlpGrpc({ name: "a", to }))["compression"];
    assert.deepEqual([inside, outside].map(compressionTo), ["zstd", "gzip"]);
    assert.equal(configOf(otlpGrpc({ name: "a", to: outside, compression: "none" }))["compression"], "none");
  });

  it("have a queue that says what happens when it is full", () => {
    const queueOf = (part: Part) => configOf(part)["sending_queue"];
    const batch = { flush_timeout: "200ms", sizer: "bytes", min_size: 65_536, max_size: 4_194_304 };
    assert.deepEqual(queueOf(otlpHttp({ name: "a", to: inside })), {
      enabled: true,
      sizer: "items",
      queue_size: 100_000,
      block_on_overflow: false,
      batch,
    });
    assert.deepEqual(
      queueOf(
        otlpHttp({ name: "a", to: inside, queue: { durability: "disk-fsync", disk: "8 GiB", whenFull: "wait" } }),
      ),
      {
        enabled: true,
        storage: "file_storage",
        sizer: "bytes",
        queue_size: 2 * 1024 ** 3,
        block_on_overflow: true,
        batch,
      },
    );
  });

  it("refuse queues that cannot work", () => {
    assert.deepEqual(
      problemsOf(
        otlpHttp({
          name: "a",
          to: inside,
          queue: { batch: { sizer: "items", min: 10, max: 5 }, flush: "0s", capacity: 3 },
        }),
      ),
      [
        "queue.batch.min: larger than batch.max (5), got 10; lower it",
        "queue.capacity: smaller than one batch (batch.max is 5), got 3; increase it, or lower batch.max",
        'queue.flush: not a duration, got "0s"; write it with its unit, as "30s"',
      ],
    );
  });

  it("balance load with queue and retries before the choice", () => {
    const part = loadBalancing({
      name: "sampler",
      resolver: { kind: "dns", endpoint: { host: "samplers", port: 4317, of } },
    });
    const { sending_queue: queue, retry_on_failure: retries, ...config } = configOf(part);
    assert.deepEqual(config, {
      routing_key: "traceID",
      resolver: { dns: { hostname: "samplers", port: "4317", interval: "5s", timeout: "1s" } },
      protocol: {
        otlp: {
          tls: { insecure: true },
          compression: "zstd",
          retry_on_failure: { enabled: false },
          sending_queue: {
            enabled: true,
            wait_for_result: true,
            sizer: "requests",
            queue_size: 1_000,
            num_consumers: 100,
            block_on_overflow: true,
            batch: { flush_timeout: "200ms", sizer: "bytes", min_size: 0, max_size: 4 * 1024 ** 2 },
          },
        },
      },
    });
    assert.notEqual(queue, undefined);
    assert.notEqual(retries, undefined);
    assert.deepEqual(part.needs, { connects: [{ ...of, number: 4317 }], externals: [] });
  });

  it("find receivers by a list, or by Kubernetes, which gives them the right", () => {
    const fixed = loadBalancing({ name: "a", resolver: { kind: "static", endpoints: [inside, external("b:4317")] } });
    assert.deepEqual(configOf(fixed)["resolver"], { static: { hostnames: ["next:4317", "b:4317"] } });
    const watched = loadBalancing({ name: "a", resolver: { kind: "k8s", service: "samplers.tracing" } });
    assert.deepEqual(configOf(watched)["resolver"], { k8s: { service: "samplers.tracing", ports: [4317] } });
    assert.deepEqual(watched.needs?.access, [
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] },
    ]);
    assert.deepEqual(problemsOf(loadBalancing({ name: "a", resolver: { kind: "k8s", service: "samplers" } })), [
      'resolver.service: not a service and its namespace, got "samplers"; write both, as "sampler-headless.tracing"',
    ]);
  });

  it("write to Kafka by trace id, to all replicas, in small messages, with a password that stays a reference", () => {
    const part = kafka({
      name: "buffer",
      brokers: [external("kafka:9092")],
      topics: { traces: "spans" },
      sasl: { mechanism: "PLAIN", username: "otel", password: secret("p") },
    });
    const { sending_queue: queue, retry_on_failure: retries, ...config } = configOf(part);
    assert.deepEqual(config, {
      brokers: ["kafka:9092"],
      traces: { topic: "spans", encoding: "otlp_proto" },
      metrics: { topic: "otlp_metrics", encoding: "otlp_proto" },
      logs: { topic: "otlp_logs", encoding: "otlp_proto" },
      partition_traces_by_id: true,
      producer: { required_acks: -1, compression: "zstd" },
      auth: { sasl: { mechanism: "PLAIN", username: "otel", password: "${env:KAFKA_BUFFER_PASSWORD}" } },
    });
    assert.notEqual(retries, undefined);
    assert.deepEqual(queue, {
      enabled: true,
      sizer: "items",
      queue_size: 100_000,
      block_on_overflow: false,
      batch: { flush_timeout: "200ms", sizer: "bytes", min_size: 64 * 1024, max_size: 900_000 },
    });
    assert.deepEqual(part.needs?.env, { KAFKA_BUFFER_PASSWORD: { secret: "p" } });
  });

  it("keep files within their room", () => {
    const part = file({ name: "archive", size: "1 GiB" });
    assert.deepEqual(configOf(part), {
      path: "/var/lib/otelcol-file-archive/archive.json",
      format: "json",
      rotation: { max_megabytes: 102, max_backups: 9 },
    });
    assert.deepEqual(problemsOf(file({ name: "archive", size: "5 MiB" })), [
      'size: less than 10 MiB, got "5 MiB"; increase it',
    ]);
  });

  it("show exemplars to Prometheus, which one format alone has", () => {
    assert.deepEqual(configOf(prometheusExporter())["enable_open_metrics"], true);
    assert.deepEqual(prometheusExporter({ port: 9999 }).needs?.ports, {
      "prometheus-exporter": { port: 9999, reach: "platform" },
    });
  });
});
