import type { Seed } from "./seed";

/** What loses data on its way between hops. */
export const path: readonly Seed[] = [
  {
    code: "memory-limiter-missing",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]",
    is: "[tail_sampling]",
    found: [
      "sampler.yaml:6:3: note: processors.memory_limiter: is used by no pipeline, so it does not run; name it in a pipeline, or take it away [unused-component]",
      "sampler.yaml:20:5: warning: service.pipelines.traces.processors: nothing refuses what otlp takes when memory runs out: the process is killed, with all it holds; begin with memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 } [memory-limiter-missing]",
    ],
  },
  {
    code: "memory-limiter-late",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[k8s_attributes, memory_limiter]",
    found: [
      "agent.yaml:37:36: note: service.pipelines.traces.processors: k8s_attributes has worked, and allocated, before memory_limiter can refuse; name memory_limiter first [memory-limiter-late]",
    ],
  },
  {
    code: "memory-limiter-late",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]",
    is: "[tail_sampling, memory_limiter]",
    found: [
      'sampler.yaml:22:35: warning: service.pipelines.traces.processors: tail_sampling before memory_limiter has answered "accepted" when the limiter refuses, and drops it; name memory_limiter first [memory-limiter-late]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[memory_limiter, k8s_attributes, batch]",
    and: ["  k8s_attributes:\n", "  k8s_attributes:\n  batch:\n"],
    found: [
      'agent.yaml:38:52: warning: service.pipelines.traces.processors: answers "accepted" while it holds data in memory, so otlp_grpc has it on disk too late, got "batch"; take it away, and let the exporter make batches: sending_queue.batch, in Jaeger queue.batch [batch-answers-early]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "jaeger.yaml",
    was: "      exporters: [jaeger_storage_exporter]\n",
    is: "      processors: [batch]\n      exporters: [jaeger_storage_exporter]\nprocessors:\n  batch:\n",
    found: [
      'jaeger.yaml:21:20: warning: service.pipelines.traces.processors: answers at once, so kafka marks messages that nothing has stored, got "batch"; take it away, and let the exporter make batches: sending_queue.batch, in Jaeger queue.batch [batch-answers-early]',
    ],
  },
  {
    code: "batch-answers-early",
    file: "gateway.yaml",
    was: "processors: [memory_limiter]\n      exporters: [otlp_http]",
    is: "processors: [memory_limiter, batch]\n      exporters: [otlp_http]",
    and: ["processors:\n", "processors:\n  batch:\n"],
    found: [
      'gateway.yaml:38:36: warning: service.pipelines.logs.processors: answers "accepted" before otlp_http has sent anything: what that cannot send is dropped, and no sender hears of it, got "batch"; take it away, and let the exporter make batches: sending_queue.batch, in Jaeger queue.batch [batch-answers-early]',
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
      "jaeger.yaml:13:3: note: receivers.kafka: is used by no pipeline, so it does not run; name it in a pipeline, or take it away [unused-component]",
      'jaeger.yaml:23:36: warning: service.pipelines.traces.processors: answers "accepted" before jaeger_storage_exporter has sent anything: what that cannot send is dropped, and no sender hears of it, got "batch"; take it away, and let the exporter make batches: sending_queue.batch, in Jaeger queue.batch [batch-answers-early]',
    ],
  },
  {
    code: "context-lost",
    file: "sampler.yaml",
    was: "[memory_limiter, tail_sampling]\n      exporters: [kafka]\n",
    is: "[memory_limiter, tail_sampling, k8s_attributes]\n      exporters: [kafka]\n",
    and: ["processors:\n", "processors:\n  k8s_attributes:\n"],
    found: [
      'sampler.yaml:23:51: warning: service.pipelines.traces.processors: finds a pod by the address of its connection, which is gone behind tail_sampling: nothing is added, got "k8s_attributes"; name it before tail_sampling, or associate by resource_attribute k8s.pod.uid or k8s.pod.ip [context-lost]',
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "    retry_on_failure: { max_elapsed_time: 0s }\n",
    is: "",
    found: [
      "agent.yaml:17:3: warning: exporters.otlp_grpc.retry_on_failure.max_elapsed_time: what the next hop has not taken by then (300s, the default) is dropped, although it is on disk; write max_elapsed_time: 0s, which tries until it is taken [retry-gives-up]",
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "{ max_elapsed_time: 0s }",
    is: "{ max_elapsed_time: 30s }",
    found: [
      'agent.yaml:21:25: warning: exporters.otlp_grpc.retry_on_failure.max_elapsed_time: what the next hop has not taken by then is dropped, although it is on disk, got "30s"; write max_elapsed_time: 0s, which tries until it is taken [retry-gives-up]',
    ],
  },
  {
    code: "retry-gives-up",
    file: "agent.yaml",
    was: "{ max_elapsed_time: 0s }",
    is: "{ enabled: false }",
    found: [
      "agent.yaml:21:25: warning: exporters.otlp_grpc.retry_on_failure.enabled: what the next hop refuses once is dropped, after senders have been told that it is accepted, got false; take it away, or turn the queue off as well, so that senders hear of it [retry-gives-up]",
    ],
  },
  {
    code: "message-too-large",
    file: "agent.yaml",
    was: "max_size: 2000000",
    is: "max_size: 8000000",
    found: [
      "agent.yaml:24:48: warning: exporters.otlp_grpc.sending_queue.batch.max_size: more than the next hop takes; receivers.otlp of gateway.yaml takes 4 MiB: it refuses the message for good, and all of it is dropped, got 8000000; write 2097152 or less [message-too-large]",
    ],
  },
  {
    code: "message-too-large",
    file: "agent.yaml",
    was: "batch: { sizer: bytes, min_size: 200000, max_size: 2000000 }",
    is: "batch: { max_size: 10000 }",
    found: [
      "agent.yaml:24:16: warning: exporters.otlp_grpc.sending_queue.batch.max_size: 10000 spans or log lines of 1 KiB are 10 MiB in one message, and receivers.otlp of gateway.yaml takes 4 MiB: it refuses the message for good, and all of it is dropped, got 10000; write 2048 or less, or sending_queue.batch with sizer: bytes [message-too-large]",
    ],
  },
  {
    code: "message-too-large",
    file: "gateway.yaml",
    was: "      receivers: [forward]\n",
    is: "      receivers: [forward]\n      processors: [batch]\n",
    and: ["processors:\n", "processors:\n  batch:\n"],
    found: [
      "gateway.yaml:6:3: warning: processors.batch.send_batch_max_size: 8192 spans or log lines of 1 KiB are 8 MiB in one message, and receivers.otlp of sampler.yaml takes 4 MiB: it refuses the message for good, and all of it is dropped; write 2048 or less, or sending_queue.batch with sizer: bytes [message-too-large]",
    ],
  },
  {
    code: "relay-too-large",
    file: "gateway.yaml",
    was: 'grpc: { endpoint: "0.0.0.0:4317" }',
    is: 'grpc: { endpoint: "0.0.0.0:4317", max_recv_msg_size_mib: 64 }',
    found: [
      "gateway.yaml:4:41: warning: receivers.otlp.protocols.grpc.max_recv_msg_size_mib: exporters.load_balancing sends messages on as they came, to a hop that takes 4 MiB and drops what is larger, got 64; write sending_queue.batch with sizer: bytes and max_size: 2097152 in exporters.load_balancing [relay-too-large]",
    ],
  },
  {
    code: "load-balancing-queue",
    file: "gateway.yaml",
    was: "        sending_queue: { enabled: false }\n    resolver",
    is: "    resolver",
    found: [
      "gateway.yaml:14:7: warning: exporters.load_balancing.protocol.otlp.sending_queue: what waits for a backend is dropped when the backend leaves the list, in every update of them; turn it off, and write sending_queue and retry_on_failure in exporters.load_balancing itself [load-balancing-queue]",
    ],
  },
  {
    code: "split-traces",
    file: "gateway.yaml",
    was: "routing_key: traceID",
    is: "routing_key: service",
    found: [
      'gateway.yaml:12:5: warning: exporters.load_balancing.routing_key: processors.tail_sampling of sampler.yaml decides about traces, and gets a trace\'s spans in several replicas, got "service"; write routing_key: traceID [split-traces]',
    ],
  },
  {
    code: "split-traces",
    file: "agent.yaml",
    was: "endpoint: gateway:4317",
    is: "endpoint: dns:///sampler:4317",
    found: [
      'agent.yaml:18:5: warning: exporters.otlp_grpc.endpoint: every message goes to another replica, and processors.tail_sampling of sampler.yaml decides about parts of traces, got "dns:///sampler:4317"; send with load_balancing and routing_key: traceID [split-traces]',
    ],
  },
  {
    code: "metrics-after-sampling",
    file: "gateway.yaml",
    was: "traces/in:\n      receivers: [otlp]\n      processors: [memory_limiter]\n",
    is: "traces/in:\n      receivers: [otlp]\n      processors: [memory_limiter, probabilistic_sampler]\n",
    and: ["processors:\n", "processors:\n  probabilistic_sampler: { sampling_percentage: 10 }\n"],
    found: [
      'gateway.yaml:29:19: warning: service.pipelines.traces/in.exporters: counts what processors.probabilistic_sampler has kept, not what happened, got "span_metrics"; feed it from a pipeline before the sampler, and send on from there with a forward connector [metrics-after-sampling]',
    ],
  },
  {
    code: "metrics-after-sampling",
    file: "agent.yaml",
    was: "[memory_limiter, k8s_attributes]",
    is: "[memory_limiter, k8s_attributes, probabilistic_sampler]",
    and: ["processors:\n", "processors:\n  probabilistic_sampler: { sampling_percentage: 10 }\n"],
    found: [
      'gateway.yaml:28:19: warning: service.pipelines.traces/in.exporters: counts what processors.probabilistic_sampler of agent.yaml has kept, not what happened, got "span_metrics"; feed it from a pipeline before the sampler, and send on from there with a forward connector [metrics-after-sampling]',
    ],
  },
];
