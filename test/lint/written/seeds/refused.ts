import type { Seed } from "./seed";

/** What keeps a process from starting, or from doing what its file says. */
export const refused: readonly Seed[] = [
  {
    code: "missing-component",
    file: "agent.yaml",
    was: "exporters: [otlp_grpc, debug]",
    is: "exporters: [otlp_grpc, debug, gone]",
    found: [
      'agent.yaml:42:37: error: service.pipelines.logs.exporters: is not defined, got "gone"; add it to exporters or connectors, or name the file that has it: --config this.yaml,that.yaml [missing-component]',
    ],
  },
  {
    code: "missing-component",
    file: "agent.yaml",
    was: "[file_storage, health_check]",
    is: "[file_storage, health_check, pprof]",
    found: [
      'agent.yaml:33:44: error: service.extensions: is not defined, got "pprof"; add it to extensions, or name the file that has it: --config this.yaml,that.yaml [missing-component]',
    ],
  },
  {
    code: "missing-extension",
    file: "agent.yaml",
    was: "extensions: [file_storage, health_check]",
    is: "extensions: [health_check]",
    found: [
      'agent.yaml:9:5: error: receivers.file_log.storage: is not in service.extensions, so the Collector does not start, got "file_storage"; add it to extensions and to service.extensions [missing-extension]',
      'agent.yaml:23:7: error: exporters.otlp_grpc.sending_queue.storage: is not in service.extensions, so the Collector does not start, got "file_storage"; add it to extensions and to service.extensions [missing-extension]',
      "agent.yaml:27:3: note: extensions.file_storage: is not in service.extensions, so it does not run; add it to service.extensions, or remove it [unused-component]",
    ],
  },
  {
    code: "empty-pipeline",
    file: "sampler.yaml",
    was: "      exporters: [kafka]\n",
    is: "      exporters: []\n",
    found: [
      "sampler.yaml:14:3: note: exporters.kafka: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
      "sampler.yaml:20:5: error: service.pipelines.traces.exporters: a pipeline without exporters, so the Collector does not start; name at least one, or remove the pipeline [empty-pipeline]",
    ],
  },
  {
    code: "empty-pipeline",
    file: "jaeger.yaml",
    was: "  pipelines:\n    traces:\n      receivers: [kafka]\n      exporters: [jaeger_storage_exporter]\n",
    is: "",
    found: [
      "jaeger.yaml:1:1: error: service.pipelines: no pipelines, so the Collector does not start; add a pipeline, or name the file that has it: --config this.yaml,that.yaml [empty-pipeline]",
      "jaeger.yaml:11:3: note: receivers.kafka: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
      "jaeger.yaml:15:3: note: exporters.jaeger_storage_exporter: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
    ],
  },
  {
    code: "connector-once",
    file: "gateway.yaml",
    was: "      receivers: [span_metrics]\n",
    is: "      receivers: [otlp]\n",
    found: [
      "gateway.yaml:8:3: error: connectors.span_metrics: is an exporter of traces/in and a receiver of no pipeline; add it to the receivers of the pipeline that takes its output [connector-once]",
      "gateway.yaml:32:5: warning: service.pipelines.metrics.processors: nothing limits what otlp accepts when memory runs out: the process is killed and loses everything it holds; start the pipeline with memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 } [memory-limiter-missing]",
    ],
  },
  {
    code: "unknown-section",
    file: "agent.yaml",
    was: "processors:\n  memory",
    is: "procesors: {}\nprocessors:\n  memory",
    found: [
      "agent.yaml:11:1: error: procesors: not a section of a Collector's configuration, so the Collector does not start; use one of receivers, processors, exporters, connectors, extensions, service [unknown-section]",
    ],
  },
  {
    code: "port-taken",
    file: "agent.yaml",
    was: "0.0.0.0:13133",
    is: "0.0.0.0:4318",
    found: [
      "agent.yaml:31:5: error: extensions.health_check.endpoint: receivers.otlp.protocols.http.endpoint already uses this port, so the Collector does not start, got 4318; give one of them another port [port-taken]",
    ],
  },
  {
    code: "memory-limiter-limit",
    file: "sampler.yaml",
    was: "{ check_interval: 1s, limit_mib: 400 }",
    is: "{ limit_mib: 400 }",
    found: [
      "sampler.yaml:6:3: error: processors.memory_limiter.check_interval: missing or 0, so the Collector does not start; write check_interval: 1s [memory-limiter-limit]",
    ],
  },
  {
    code: "memory-limiter-limit",
    file: "agent.yaml",
    was: "    limit_percentage: 80\n",
    is: "",
    found: [
      "agent.yaml:12:3: error: processors.memory_limiter.limit_mib: no limit, so the Collector does not start; write limit_mib, or limit_percentage: 80 if the container has a memory limit [memory-limiter-limit]",
    ],
  },
  {
    code: "queue-settings",
    file: "agent.yaml",
    was: "      storage: file_storage\n      batch",
    is: "      storage: file_storage\n      wait_for_result: true\n      batch",
    found: [
      "agent.yaml:24:7: error: exporters.otlp_grpc.sending_queue.wait_for_result: a queue on disk cannot wait for the result, so the Collector does not start, got true; remove wait_for_result or storage [queue-settings]",
    ],
  },
  {
    code: "queue-settings",
    file: "agent.yaml",
    was: "{ sizer: bytes, min_size: 200000, max_size: 2000000 }",
    is: "{ sizer: bytes, min_size: 3000000, max_size: 2000000 }",
    found: [
      "agent.yaml:24:49: error: exporters.otlp_grpc.sending_queue.batch.max_size: less than min_size, 3000000, so the Collector does not start, got 2000000; write min_size: 2000000 or less [queue-settings]",
    ],
  },
  {
    code: "queue-settings",
    file: "agent.yaml",
    was: "batch: { sizer: bytes,",
    is: "sizer: bytes\n      batch: { sizer: bytes,",
    found: [
      "agent.yaml:25:30: error: exporters.otlp_grpc.sending_queue.batch.min_size: more than queue_size, 1000 bytes, so the Collector does not start, got 200000; write a queue_size of 200000 or more [queue-settings]",
    ],
  },
  {
    code: "no-policies",
    file: "sampler.yaml",
    was: "    policies:\n      - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }\n",
    is: "",
    found: [
      "sampler.yaml:7:3: error: processors.tail_sampling.policies: no policy says which traces to keep, so none are kept; write policies, or remove the processor [no-policies]",
    ],
  },
  {
    code: "jaeger-storage",
    file: "jaeger.yaml",
    was: "{ trace_storage: main }",
    is: "{ trace_storage: mian }",
    found: [
      'jaeger.yaml:15:30: error: exporters.jaeger_storage_exporter.trace_storage: is not in extensions.jaeger_storage.backends, so Jaeger does not start; there are main, archive, got "mian"; name an existing one, or add it [jaeger-storage]',
    ],
  },
  {
    code: "jaeger-storage",
    file: "jaeger.yaml",
    was: "        badger: { ephemeral: false }\n",
    is: "        badger: { ephemeral: false }\n        memory: { max_traces: 5 }\n",
    found: [
      'jaeger.yaml:6:7: error: extensions.jaeger_storage.backends.archive: one storage of two kinds: Jaeger 2.15 and newer do not start; older ones use one of the two, got ["badger","memory"]; give each kind its own name [jaeger-storage]',
    ],
  },
  {
    code: "removed-component",
    file: "agent.yaml",
    was: "[otlp_grpc, debug]",
    is: "[otlp_grpc, debug, logging]",
    and: ["  debug:\n", "  debug:\n  logging:\n"],
    found: [
      'agent.yaml:26:3: error: exporters.logging: "logging" was removed in 0.111: newer Collectors do not start with it; use debug [removed-component]',
    ],
  },
  {
    code: "name-too-new",
    file: "agent.yaml",
    was: "  debug:\n",
    is: "  debug:\n",
    version: 145,
    found: [
      'agent.yaml:7:3: error: receivers.file_log: 0.145 has no "file_log", so it does not start; write filelog, or run 0.149 or newer [name-too-new]',
      'agent.yaml:15:3: error: processors.k8s_attributes: 0.145 has no "k8s_attributes", so it does not start; write k8sattributes, or run 0.146 or newer [name-too-new]',
      'gateway.yaml:8:3: error: connectors.span_metrics: 0.145 has no "span_metrics", so it does not start; write spanmetrics, or run 0.151 or newer [name-too-new]',
      'gateway.yaml:11:3: error: exporters.load_balancing: 0.145 has no "load_balancing", so it does not start; write loadbalancing, or run 0.153 or newer [name-too-new]',
    ],
  },
  {
    code: "former-name",
    file: "agent.yaml",
    was: "  k8s_attributes:\n",
    is: "  k8sattributes:\n",
    and: ["[memory_limiter, k8s_attributes]", "[memory_limiter, k8sattributes]"],
    found: [
      'agent.yaml:15:3: note: processors.k8sattributes: "k8sattributes" was renamed "k8s_attributes" in 0.146; the old name logs a warning and will be removed; write k8s_attributes, here and in the pipelines [former-name]',
    ],
  },
];
