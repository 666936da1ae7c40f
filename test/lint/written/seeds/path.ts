import type { Seed } from "./seed";

/** What loses data on its way between hops. */
export const path: readonly Seed[] = [
  {
    code: "memory-limiter-missing",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]",
    is: "[tail_sampling]",
    found: [
      "sampler.yaml:6:3: note: processors.memory_limiter: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
      "sampler.yaml:20:5: warning: service.pipelines.traces.processors: nothing limits what otlp accepts when memory runs out: the process is killed and loses everything it holds; start the pipeline with memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 } [memory-limiter-missing]",
    ],
  },
  {
    code: "memory-limiter-late",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[k8s_attributes, memory_limiter]",
    found: [
      "agent.yaml:37:36: note: service.pipelines.traces.processors: k8s_attributes has already allocated memory before memory_limiter can refuse; put memory_limiter first [memory-limiter-late]",
    ],
  },
  {
    code: "memory-limiter-late",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]",
    is: "[tail_sampling, memory_limiter]",
    found: [
      "sampler.yaml:22:35: warning: service.pipelines.traces.processors: tail_sampling before memory_limiter has already acknowledged the data that the limiter refuses, so it is dropped; put memory_limiter first [memory-limiter-late]",
    ],
  },
  {
    code: "batch-answers-early",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[memory_limiter, k8s_attributes, batch]",
    and: ["  k8s_attributes:\n", "  k8s_attributes:\n  batch:\n"],
    found: [
      'agent.yaml:38:52: warning: service.pipelines.traces.processors: acknowledges data that is only in memory, so otlp_grpc writes it to disk too late, got "batch"; remove it and batch in the exporter: sending_queue.batch, or queue.batch in Jaeger [batch-answers-early]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "jaeger.yaml",
    was: "      exporters: [jaeger_storage_exporter]\n",
    is: "      processors: [batch]\n      exporters: [jaeger_storage_exporter]\nprocessors:\n  batch:\n",
    found: [
      'jaeger.yaml:21:20: warning: service.pipelines.traces.processors: acknowledges at once, so kafka commits offsets of messages that are not stored yet, got "batch"; remove it and batch in the exporter: sending_queue.batch, or queue.batch in Jaeger [batch-answers-early]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "gateway.yaml",
    was: "processors: [memory_limiter]\n      exporters: [otlp_http]",
    is: "processors: [memory_limiter, batch]\n      exporters: [otlp_http]",
    and: ["processors:\n", "processors:\n  batch:\n"],
    found: [
      'gateway.yaml:38:36: warning: service.pipelines.logs.processors: acknowledges data before otlp_http has sent it: if sending fails, the data is dropped and the sender is not told, got "batch"; remove it and batch in the exporter: sending_queue.batch, or queue.batch in Jaeger [batch-answers-early]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "jaeger.yaml",
    was: "      receivers: [kafka]\n",
    is: "      receivers: [otlp]\n      processors: [memory_limiter, batch]\n",
    and: [
      "receivers:\n",
      "processors: { memory_limiter: { check_interval: 1s, limit_mib: 400 }, batch: }\nreceivers:\n  otlp: { protocols: { http: } }\n",
    ],
    found: [
      "jaeger.yaml:13:3: note: receivers.kafka: is used by no pipeline, so it does not run; add it to a pipeline, or remove it [unused-component]",
      'jaeger.yaml:23:36: warning: service.pipelines.traces.processors: acknowledges data before jaeger_storage_exporter has sent it: if sending fails, the data is dropped and the sender is not told, got "batch"; remove it and batch in the exporter: sending_queue.batch, or queue.batch in Jaeger [batch-answers-early]',
    ],
  },
  {
    code: "context-lost",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]\n      exporters: [kafka]\n",
    is: "[memory_limiter, tail_sampling, k8s_attributes]\n      exporters: [kafka]\n",
    and: ["processors:\n", "processors:\n  k8s_attributes:\n"],
    found: [
      'sampler.yaml:23:51: warning: service.pipelines.traces.processors: identifies a pod by the address of its connection, which is lost after tail_sampling: no attributes are added, got "k8s_attributes"; put it before tail_sampling, or associate by resource_attribute k8s.pod.uid or k8s.pod.ip [context-lost]',
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "    retry_on_failure: { max_elapsed_time: 0s }\n",
    is: "",
    found: [
      "agent.yaml:17:3: warning: exporters.otlp_grpc.retry_on_failure.max_elapsed_time: data that the next hop has not taken by then (300s, the default) is dropped, although it is on disk; write max_elapsed_time: 0s, which retries until it is delivered [retry-gives-up]",
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "{ max_elapsed_time: 0s }",
    is: "{ max_elapsed_time: 30s }",
    found: [
      'agent.yaml:21:25: warning: exporters.otlp_grpc.retry_on_failure.max_elapsed_time: data that the next hop has not taken by then is dropped, although it is on disk, got "30s"; write max_elapsed_time: 0s, which retries until it is delivered [retry-gives-up]',
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "{ max_elapsed_time: 0s }",
    is: "{ enabled: false }",
    found: [
      "agent.yaml:21:25: warning: exporters.otlp_grpc.retry_on_failure.enabled: data that the next hop refuses once is dropped although it was acknowledged to senders, got false; remove it, or turn the queue off as well so that senders see the failure [retry-gives-up]",
    ],
  },
  {
    code: "message-too-large",
    file: "agent.yaml",
    was: "max_size: 2000000",
    is: "max_size: 8000000",
    found: [
      "agent.yaml:24:48: warning: exporters.otlp_grpc.sending_queue.batch.max_size: more than the next hop accepts; receivers.otlp of gateway.yaml accepts 4 MiB: it permanently refuses the message, and all of it is dropped, got 8000000; write 2097152 or less [message-too-large]",
    ],
  },
  {
    code: "message-too-large",
    file: "agent.yaml",
    was: "batch: { sizer: bytes, min_size: 200000, max_size: 2000000 }",
    is: "batch: { max_size: 10000 }",
    found: [
      "agent.yaml:24:16: warning: exporters.otlp_grpc.sending_queue.batch.max_size: 10000 spans or log lines of 1 KiB are 10 MiB in one message; receivers.otlp of gateway.yaml accepts 4 MiB: it permanently refuses the message, and all of it is dropped, got 10000; write 2048 or less, or sending_queue.batch with sizer: bytes [message-too-large]",
    ],
  },
  {
    code: "message-too-large",
    file: "gateway.yaml",
    was: "      receivers: [forward]\n",
    is: "      receivers: [forward]\n      processors: [batch]\n",
    and: ["processors:\n", "processors:\n  batch:\n"],
    found: [
      "gateway.yaml:6:3: warning: processors.batch.send_batch_max_size: 8192 spans or log lines of 1 KiB are 8 MiB in one message; receivers.otlp of sampler.yaml accepts 4 MiB: it permanently refuses the message, and all of it is dropped; write 2048 or less, or sending_queue.batch with sizer: bytes [message-too-large]",
    ],
  },
  {
    code: "relay-too-large",
    file: "gateway.yaml",
    was: 'grpc: { endpoint: "0.0.0.0:4317" }',
    is: 'grpc: { endpoint: "0.0.0.0:4317", max_recv_msg_size_mib: 64 }',
    found: [
      "gateway.yaml:4:41: warning: receivers.otlp.protocols.grpc.max_recv_msg_size_mib: exporters.load_balancing forwards messages unchanged to a hop that accepts 4 MiB, and drops larger ones, got 64; write sending_queue.batch with sizer: bytes and max_size: 2097152 in exporters.load_balancing [relay-too-large]",
    ],
  },
  {
    code: "load-balancing-queue",
    file: "gateway.yaml",
    was: "        sending_queue: { enabled: false }\n    resolver",
    is: "    resolver",
    found: [
      "gateway.yaml:14:7: warning: exporters.load_balancing.protocol.otlp.sending_queue: data queued for a backend is dropped when the backend leaves the list, as in every update; turn it off, and write sending_queue and retry_on_failure in exporters.load_balancing itself [load-balancing-queue]",
    ],
  },
  {
    code: "split-traces",
    file: "gateway.yaml",
    was: "routing_key: traceID",
    is: "routing_key: service",
    found: [
      'gateway.yaml:12:5: warning: exporters.load_balancing.routing_key: processors.tail_sampling of sampler.yaml decides on traces, but the spans of one trace reach several replicas, got "service"; write routing_key: traceID [split-traces]',
    ],
  },
  {
    code: "split-traces",
    file: "agent.yaml",
    was: "endpoint: gateway:4317",
    is: "endpoint: dns:///sampler:4317",
    found: [
      'agent.yaml:18:5: warning: exporters.otlp_grpc.endpoint: each message goes to a different replica, so processors.tail_sampling of sampler.yaml decides on parts of traces, got "dns:///sampler:4317"; send with load_balancing and routing_key: traceID [split-traces]',
    ],
  },
  {
    code: "metrics-after-sampling",
    file: "gateway.yaml",
    was: "traces/in:\n      receivers: [otlp]\n      processors: [memory_limiter]\n",
    is: "traces/in:\n      receivers: [otlp]\n      processors: [memory_limiter, probabilistic_sampler]\n",
    and: ["processors:\n", "processors:\n  probabilistic_sampler: { sampling_percentage: 10 }\n"],
    found: [
      'gateway.yaml:29:19: warning: service.pipelines.traces/in.exporters: counts what processors.probabilistic_sampler has kept, not all traffic, got "span_metrics"; feed it from a pipeline before the sampler, and send on from there with a forward connector [metrics-after-sampling]',
    ],
  },
  {
    code: "metrics-after-sampling",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[memory_limiter, k8s_attributes, probabilistic_sampler]",
    and: ["processors:\n", "processors:\n  probabilistic_sampler: { sampling_percentage: 10 }\n"],
    found: [
      'gateway.yaml:28:19: warning: service.pipelines.traces/in.exporters: counts what processors.probabilistic_sampler of agent.yaml has kept, not all traffic, got "span_metrics"; feed it from a pipeline before the sampler, and send on from there with a forward connector [metrics-after-sampling]',
    ],
  },
];
