import type { Seed } from "./seed";

/** What a hop loses by itself, or shows to strangers. */
export const hop: readonly Seed[] = [
  {
    code: "disk-too-small",
    file: "agent.yaml",
    was: "    fsync: true\n",
    is: "    fsync: true\n    max_size: 200000000\n",
    and: [
      "      batch: { sizer: bytes,",
      "      sizer: bytes\n      queue_size: 500000000\n      batch: { sizer: bytes,",
    ],
    found: [
      "agent.yaml:32:5: warning: extensions.file_storage.max_size: the queue of otlp_grpc is configured for 500000000 bytes, but the disk is full before that and senders are refused, got 200000000; write a larger max_size, or a smaller queue_size [disk-too-small]",
    ],
  },
  {
    code: "tail-sampling-room",
    file: "sampler.yaml",
    was: "num_traces: 20000",
    is: "num_traces: 5000",
    found: [
      "sampler.yaml:9:5: warning: processors.tail_sampling.num_traces: 1000 new traces a second for 10 s are 10000: the oldest are dropped before a decision, got 5000; write num_traces: 20000 [tail-sampling-room]",
    ],
  },
  {
    code: "routing-default",
    file: "gateway.yaml",
    was: "  forward:\n",
    is: "  routing: { table: [] }\n  forward:\n",
    and: [
      "exporters: [load_balancing]\n",
      "exporters: [load_balancing, routing]\n    traces/routed:\n      receivers: [routing]\n      exporters: [load_balancing]\n",
    ],
    found: [
      "gateway.yaml:9:3: warning: connectors.routing.default_pipelines: missing: data that matches no route is silently dropped; name the pipelines for it [routing-default]",
    ],
  },
  {
    code: "kafka-marks-early",
    file: "jaeger.yaml",
    was: "    message_marking: { after: true }\n",
    is: "",
    found: [
      "jaeger.yaml:11:3: warning: receivers.kafka.message_marking.after: offsets are committed when messages are read: messages not stored when the process ends are skipped; write message_marking: { after: true } [kafka-marks-early]",
    ],
  },
  {
    code: "jaeger-answers-early",
    file: "jaeger.yaml",
    was: "{ write_mode: sync }",
    is: "{ server_urls: [http://opensearch:9200] }",
    found: [
      "jaeger.yaml:5:9: warning: extensions.jaeger_storage.backends.main.opensearch.write_mode: defaults to async: spans count as stored once they are in a memory buffer; write write_mode: sync, available since Jaeger 2.21 [jaeger-answers-early]",
    ],
  },
  {
    code: "tls-off",
    file: "gateway.yaml",
    was: "https://logs.example.com",
    is: "http://logs.example.com",
    found: [
      "gateway.yaml:21:5: warning: exporters.otlp_http.endpoint: anyone on the network path to logs.example.com can read and change the data; write https:// [tls-off]",
    ],
  },
  {
    code: "tls-off",
    file: "agent.yaml",
    was: "endpoint: gateway:4317\n    compression: zstd\n    tls: { insecure: true }",
    is: "endpoint: ingest.example.com:4317\n    tls: { insecure_skip_verify: true }",
    found: [
      "agent.yaml:19:12: warning: exporters.otlp_grpc.tls.insecure_skip_verify: anyone on the network path can impersonate ingest.example.com, got true; remove it, and set ca_file to the certificate authority [tls-off]",
    ],
  },
  {
    code: "compression-unknown",
    file: "gateway.yaml",
    was: "https://logs.example.com",
    is: "https://logs.example.com\n    compression: snappy",
    found: [
      'gateway.yaml:22:5: warning: exporters.otlp_http.compression: a server without support for it permanently refuses every message; whether logs.example.com supports it is unknown, got "snappy"; write gzip, which OTLP requires of every server, unless this server is documented to support it [compression-unknown]',
    ],
  },
  {
    code: "queue-in-memory",
    file: "gateway.yaml",
    was: "logs.example.com\n    sending_queue: { enabled: false }",
    is: "logs.example.com",
    found: [
      "gateway.yaml:20:3: note: exporters.otlp_http.sending_queue: data waiting for the next hop is in memory and is lost when the process is killed; write sending_queue.storage: file_storage, and the extension file_storage [queue-in-memory]",
    ],
  },
  {
    code: "disk-unsynced",
    file: "agent.yaml",
    was: "    fsync: true\n",
    is: "",
    found: [
      "agent.yaml:27:3: note: extensions.file_storage.fsync: the operating system decides when writes reach the disk: a power failure can corrupt the queue; write fsync: true [disk-unsynced]",
    ],
  },
  {
    code: "kafka-acks",
    file: "sampler.yaml",
    was: "    producer: { required_acks: all }\n",
    is: "",
    found: [
      "sampler.yaml:14:3: note: exporters.kafka.producer.required_acks: a message counts as sent when one broker has it, and is lost if that broker fails before another has copied it; write producer: { required_acks: all } [kafka-acks]",
    ],
  },
  {
    code: "log-offsets",
    file: "agent.yaml",
    was: "    storage: file_storage\n    retry_on_failure: { enabled: true }\n",
    is: "",
    found: [
      "agent.yaml:7:3: note: receivers.file_log.storage: read positions are lost at a restart: lines are skipped or read twice; write storage: file_storage, and the extension file_storage [log-offsets]",
      "agent.yaml:7:3: note: receivers.file_log.retry_on_failure.enabled: lines that the pipeline refuses, for example in memory_limiter, are dropped; write retry_on_failure: { enabled: true } [log-offsets]",
    ],
  },
  {
    code: "jaeger-in-memory",
    file: "jaeger.yaml",
    was: "opensearch: { write_mode: sync }",
    is: "memory: { max_traces: 100 }",
    found: [
      "jaeger.yaml:5:9: note: extensions.jaeger_storage.backends.main.memory: all traces are lost when the process ends, and the oldest are dropped beyond max_traces; use badger on a volume, or a storage that runs as its own process [jaeger-in-memory]",
    ],
  },
  {
    code: "jaeger-in-memory",
    file: "jaeger.yaml",
    was: "opensearch: { write_mode: sync }",
    is: "badger: {}",
    found: [
      "jaeger.yaml:5:9: note: extensions.jaeger_storage.backends.main.badger.ephemeral: defaults to true: all traces are lost when the process ends; write ephemeral: false, and directories on a volume [jaeger-in-memory]",
    ],
  },
  {
    code: "unused-component",
    file: "agent.yaml",
    was: "[otlp_grpc, debug]",
    is: "[otlp_grpc]",
    found: [
      "agent.yaml:25:3: note: exporters.debug: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
    ],
  },
  {
    code: "telemetry-address",
    file: "jaeger.yaml",
    was: "service:\n",
    is: "service:\n  telemetry: { metrics: { address: 0.0.0.0:8888 } }\n",
    found: [
      "jaeger.yaml:17:27: note: service.telemetry.metrics.address: is ignored since 0.123: the Collector's own metrics are on localhost:8888; write readers: [{ pull: { exporter: { prometheus: { host, port } } } }] [telemetry-address]",
    ],
  },
];
