/** A path without a fault, of four processes: what each rule is seeded into. */
export const good: Readonly<Record<string, string>> = {
  "agent.yaml": `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: \${env:POD_IP:-127.0.0.1}:4317
      http:
  file_log:
    include: [/var/log/pods/*/*/*.log]
    storage: file_storage
    retry_on_failure: { enabled: true }
processors:
  memory_limiter:
    check_interval: 1s
    limit_percentage: 80
  k8s_attributes:
exporters:
  otlp_grpc:
    endpoint: gateway:4317
    compression: zstd
    tls: { insecure: true }
    retry_on_failure: { max_elapsed_time: 0s }
    sending_queue:
      storage: file_storage
      batch: { sizer: bytes, min_size: 200000, max_size: 2000000 }
  debug:
extensions:
  file_storage:
    directory: /var/lib/otelcol
    fsync: true
  health_check:
    endpoint: 0.0.0.0:13133
service:
  extensions: [file_storage, health_check]
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8s_attributes]
      exporters: [otlp_grpc]
    logs:
      receivers: [file_log]
      processors: [memory_limiter]
      exporters: [otlp_grpc, debug]
`,
  "gateway.yaml": `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "0.0.0.0:4317" }
processors:
  memory_limiter: { check_interval: 1s, limit_mib: 400 }
connectors:
  span_metrics:
  forward:
exporters:
  load_balancing:
    routing_key: traceID
    protocol:
      otlp:
        tls: { insecure: true }
        sending_queue: { enabled: false }
    resolver:
      dns: { hostname: sampler-headless }
  prometheus: { endpoint: "0.0.0.0:8889" }
  otlp_http:
    endpoint: https://logs.example.com
    sending_queue: { enabled: false }
service:
  pipelines:
    traces/in:
      receivers: [otlp]
      processors: [memory_limiter]
      exporters: [span_metrics, forward]
    traces:
      receivers: [forward]
      exporters: [load_balancing]
    metrics:
      receivers: [span_metrics]
      exporters: [prometheus]
    logs:
      receivers: [otlp]
      processors: [memory_limiter]
      exporters: [otlp_http]
`,
  "sampler.yaml": `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "0.0.0.0:4317" }
processors:
  memory_limiter: { check_interval: 1s, limit_mib: 400 }
  tail_sampling:
    decision_wait: 10s
    num_traces: 20000
    expected_new_traces_per_sec: 1000
    policies:
      - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
exporters:
  kafka:
    brokers: [kafka:9092]
    producer: { required_acks: all }
    sending_queue: { enabled: false }
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, tail_sampling]
      exporters: [kafka]
`,
  "jaeger.yaml": `extensions:
  jaeger_storage:
    backends:
      main:
        opensearch: { write_mode: sync }
      archive:
        badger: { ephemeral: false }
  jaeger_query:
    storage: { traces: main, traces_archive: archive }
receivers:
  kafka:
    brokers: [kafka:9092]
    message_marking: { after: true }
exporters:
  jaeger_storage_exporter: { trace_storage: main }
service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines:
    traces:
      receivers: [kafka]
      exporters: [jaeger_storage_exporter]
`,
};
