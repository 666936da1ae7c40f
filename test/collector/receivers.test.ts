import assert from "node:assert/strict";
import {
  bearerTokenAuth,
  fileLog,
  hostMetrics,
  type HostScraper,
  jaegerReceiver,
  kafkaReceiver,
  kubeletStats,
  otlp,
  prometheusReceiver,
  zipkin,
} from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import type { Endpoint } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";

const configOf = (part: Part) => configIn("0.158.0", part);
const problemsOf = (part: Part) => (part.problems ?? []).map(sentence);
const of = { workload: "next", port: "otlp" };
const inside: Endpoint = { host: "next", port: 4317, of };
const secret = (value: string) => ({ secret: value });

describe("receivers", () => {
  it("listen where others can reach them, on declared ports", () => {
    assert.deepEqual(configOf(zipkin())["endpoint"], "0.0.0.0:9411");
    assert.deepEqual(zipkin({ reach: "outside" }).needs?.ports, { zipkin: { port: 9411, reach: "outside" } });
    const jaeger = jaegerReceiver({ protocols: ["grpc", "thrift_compact"] });
    assert.deepEqual(configOf(jaeger), {
      protocols: { grpc: { endpoint: "0.0.0.0:14250" }, thrift_compact: { endpoint: "0.0.0.0:6831" } },
    });
    assert.deepEqual(jaeger.needs?.ports, {
      "jaeger-grpc": { port: 14250, reach: "platform" },
      "thrift-compact": { port: 6831, protocol: "udp", reach: "platform" },
    });
  });

  /** What an OTLP receiver takes unless it is told otherwise. */
  const limits = {
    grpc: { max_recv_msg_size_mib: 4, max_concurrent_streams: 100 },
    http: { max_request_body_size: 4 * 1024 ** 2, read_timeout: "1m", idle_timeout: "5m" },
  };

  it("take requests of one size by gRPC and HTTP, in whole MiB, as gRPC servers count", () => {
    const { protocols } = configOf(otlp({ largest: "9 MiB" })) as { protocols: Record<string, object> };
    assert.deepEqual(protocols, {
      grpc: { endpoint: "0.0.0.0:4317", ...limits.grpc, max_recv_msg_size_mib: 9 },
      http: { endpoint: "0.0.0.0:4318", ...limits.http, max_request_body_size: 9 * 1024 ** 2 },
    });
    for (const largest of ["1.5 MiB", "900 KiB", "0 MiB"] as const)
      assert.deepEqual(problemsOf(otlp({ largest })), [
        `largest: not a whole number of MiB, the unit of gRPC servers, got "${largest}"; write a whole number, as "8 MiB"`,
      ]);
  });

  it("ask senders who they are, by the id of the extension", () => {
    const auth = bearerTokenAuth({ name: "senders", tokens: secret("t") });
    const receiver = otlp({ auth });
    assert.deepEqual(configOf(receiver), {
      protocols: {
        grpc: { endpoint: "0.0.0.0:4317", auth: { authenticator: "bearertokenauth/senders" }, ...limits.grpc },
        http: { endpoint: "0.0.0.0:4318", auth: { authenticator: "bearertokenauth/senders" }, ...limits.http },
      },
    });
    assert.deepEqual(receiver.extensions, [auth]);
    assert.deepEqual(receiver.needs?.ports, {
      "otlp-grpc": { port: 4317, reach: "platform", asks: true },
      "otlp-http": { port: 4318, reach: "platform", asks: true },
    });
  });

  it("encrypt, and ask for a certificate of known authorities", () => {
    const pem = "-----BEGIN CERTIFICATE-----";
    const mine = { certificate: `${pem} mine`, key: secret("k") };
    const folder = "/etc/otelcol-contrib/tls/otlp";
    const tlsOf = (part: Part) =>
      Object.values(configOf(part)["protocols"] as Record<string, { tls: unknown }>).map(({ tls }) => tls);
    const own = { cert_file: `${folder}/server.pem`, key_file: `${folder}/server-key.pem`, reload_interval: "10s" };
    const both = { ...own, client_ca_file: `${folder}/client-ca.pem`, client_ca_file_reload: true };
    const asking = otlp({ tls: { ...mine, clientCa: `${pem} ca` } });
    assert.deepEqual(tlsOf(otlp({ tls: mine })), [own, own]);
    assert.deepEqual(tlsOf(asking), [both, both]);
    assert.deepEqual(asking.needs?.files, {
      [own.cert_file]: { content: `${pem} mine` },
      [own.key_file]: { secret: "k" },
      [both.client_ca_file]: { content: `${pem} ca` },
    });
    const asks = (part: Part) => Object.values(part.needs?.ports ?? {}).map((port) => port.asks);
    assert.deepEqual(
      [asks(otlp({ tls: mine })), asks(asking)],
      [
        [undefined, undefined],
        [true, true],
      ],
    );
    assert.deepEqual(problemsOf(otlp({ tls: { ...mine, certificate: "server.pem", clientCa: "ca.pem" } })), [
      "tls.certificate: not a certificate; give the text of the PEM file, not its path",
      "tls.clientCa: not a certificate; give the text of the PEM file, not its path",
    ]);
  });

  it("end connections where several processes share an address", () => {
    const { protocols } = configOf(otlp({ maxConnectionAge: "1m" })) as { protocols: Record<string, object> };
    assert.deepEqual(protocols, {
      grpc: {
        endpoint: "0.0.0.0:4317",
        keepalive: { server_parameters: { max_connection_age: "1m" } },
        ...limits.grpc,
      },
      http: { endpoint: "0.0.0.0:4318", ...limits.http },
    });
    assert.deepEqual(problemsOf(otlp({ maxConnectionAge: "1" as "1m" })), [
      'maxConnectionAge: not a duration, got "1"; write it with its unit, as "30s"',
    ]);
  });

  it("ask the kubelet of their own node, with no other right than to do so", () => {
    const kubelet = kubeletStats();
    assert.deepEqual(configOf(kubelet), {
      auth_type: "serviceAccount",
      endpoint: "https://${env:K8S_NODE_IP}:10250",
      insecure_skip_verify: true,
      collection_interval: "30s",
      metric_groups: ["node", "pod", "container"],
    });
    assert.deepEqual(kubelet.needs, {
      externals: [{ host: "kubelet", port: 10250 }],
      access: [{ apiGroups: [""], resources: ["nodes/stats"], verbs: ["get"] }],
    });
    assert.deepEqual(configOf(kubeletStats({ verify: true }))["insecure_skip_verify"], false);
  });

  it("watch the whole machine through those of its files that are needed, or only themselves", () => {
    const files = (...scrapers: [HostScraper, ...HostScraper[]]) =>
      Object.entries(hostMetrics({ scrapers }).needs?.volumes ?? {}).map(([mount, volume]) =>
        "path" in volume ? `${volume.path} at ${mount}` : mount,
      );
    assert.deepEqual(files("cpu", "load", "network"), [
      "/proc/stat at /hostfs/proc/stat",
      "/proc/uptime at /hostfs/proc/uptime",
      "/proc/loadavg at /hostfs/proc/loadavg",
      "/proc/1/net/dev at /hostfs/proc/net/dev",
    ]);
    assert.deepEqual(files("cpu", "processes"), ["/proc at /hostfs/proc"]);
    assert.deepEqual(files("cpu", "processes", "filesystem"), ["/ at /hostfs"]);
    assert.equal(Object.values(hostMetrics().needs?.volumes ?? {}).length, 8);
    assert.deepEqual(configOf(hostMetrics())["root_path"], "/hostfs");
    const self = hostMetrics({ wholeMachine: false, scrapers: ["memory"], interval: "1m" });
    assert.deepEqual(configOf(self), { collection_interval: "1m", scrapers: { memory: {} } });
    assert.deepEqual(self.needs, undefined);
  });

  it("remember how far a file was read, on a disk of their own, and try again when refused", () => {
    const logs = fileLog({ folder: "/var/log/app", include: ["/var/log/app/*.log"] });
    assert.deepEqual(configOf(logs), {
      include: ["/var/log/app/*.log"],
      start_at: "end",
      include_file_path: true,
      storage: "file_storage/offsets",
      retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
    });
    assert.deepEqual(logs.needs, { volumes: { "/var/log/app": { kind: "host", path: "/var/log/app" } } });
    assert.deepEqual(logs.extensions?.[0]?.needs?.volumes, {
      "/var/lib/otelcol-offsets": { kind: "persistent", name: "offsets", size: "64 MiB" },
    });
    assert.deepEqual(problemsOf(fileLog({ folder: "/var/log/app", include: ["/var/log/other.log"] })), [
      'include.0: outside the folder /var/log/app, the only one that is mounted, got "/var/log/other.log"; ' +
        "name a file in it, or mount another folder",
    ]);
  });

  it("scrape what they are told to, with dollars that mean themselves", () => {
    const scrape = prometheusReceiver({
      jobs: [
        {
          name: "app",
          targets: [{ ...inside, port: 9100 }],
          more: { metric_relabel_configs: [{ replacement: "$1" }] },
        },
      ],
    });
    assert.deepEqual(configOf(scrape), {
      config: {
        scrape_configs: [
          {
            job_name: "app",
            scrape_interval: "15s",
            metrics_path: "/metrics",
            static_configs: [{ targets: ["next:9100"] }],
            metric_relabel_configs: [{ replacement: "$$1" }],
          },
        ],
      },
    });
    assert.deepEqual(scrape.needs, { connects: [{ ...of, number: 9100 }], externals: [] });
  });
});

describe("the receiver of Kafka", () => {
  const receiver = kafkaReceiver({ brokers: [inside], topic: "spans", group: "jaeger" });

  it("begins with what waits already, and counts a message as read once it is answered for", () => {
    assert.deepEqual(configOf(receiver), {
      brokers: ["next:4317"],
      traces: { topics: ["spans"], encoding: "otlp_proto" },
      group_id: "jaeger",
      initial_offset: "earliest",
      message_marking: { after: true, on_error: false, on_permanent_error: false },
      error_backoff: { enabled: true, initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
      telemetry: { metrics: { kafka_receiver_records_delay: { enabled: true } } },
    });
    assert.deepEqual(receiver.needs?.connects, [{ ...of, number: 4317 }]);
  });

  it("names one topic in the words of older Collectors", () => {
    assert.deepEqual(configIn("0.140.0", receiver)["traces"], { topic: "spans", encoding: "otlp_proto" });
  });
});
