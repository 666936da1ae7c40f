/** Every part of a Collector: adding one is its file and a line here. */
export { type FileLogOptions, fileLog } from "./receivers/file-log";
export { type HostScraper, type HostMetricsOptions, hostMetrics } from "./receivers/host-metrics";
export { type JaegerProtocol, type JaegerReceiverOptions, jaegerReceiver } from "./receivers/jaeger-receiver";
export { type KafkaClient, type KafkaSasl } from "./kafka-client";
export { type KafkaReceiverOptions, kafkaReceiver } from "./receivers/kafka-receiver";
export { type KubeletStatsOptions, type KubeletGroup, kubeletStats } from "./receivers/kubelet-stats";
export { type OtlpReceiverOptions, otlpPorts, otlp } from "./receivers/otlp";
export { type ScrapeJob, type PrometheusReceiverOptions, prometheusReceiver } from "./receivers/prometheus-receiver";
export { type ZipkinReceiverOptions, zipkin } from "./receivers/zipkin";
export { type AttributeValue, type AttributeAction, type AttributeSource } from "./processors/attribute-action";
export { type AttributesOptions, attributes } from "./processors/attributes";
export { type ErrorMode } from "./processors/error-mode";
export { type DropConditions, type Conditions, type FilterOptions, filter } from "./processors/filter";
export {
  k8sAttributes,
  nodeNameVariable,
  type K8sAttributesOptions,
  type K8sField,
  type K8sMetadata,
  type K8sOwner,
} from "./processors/k8s-attributes";
export { type MemoryLimiterOptions, memoryLimiter } from "./processors/memory-limiter";
export { type ProbabilisticSamplerOptions, probabilisticSampler } from "./processors/probabilistic-sampler";
export { type RedactionOptions, redaction } from "./processors/redaction";
export { type Detector, type ResourceDetectionOptions, resourceDetection } from "./processors/resource-detection";
export { type ResourceOptions, resource } from "./processors/resource";
export {
  type TailPolicy,
  type SimplePolicy,
  type InnerPolicy,
  type CompositeSubPolicy,
  type StatusCode,
  type StringMatch,
  type NumberMatch,
  type CompositePolicy,
} from "./processors/tail-policy";
export { type TailSamplingOptions, tailSampling } from "./processors/tail-sampling";
export { type Statements, type StatementGroup, type TransformOptions, transform } from "./processors/transform";
export { type DebugOptions, debug } from "./exporters/debug";
export { type FileOptions, file } from "./exporters/file";
export { type KafkaOptions, kafka } from "./exporters/kafka";
export { type Resolver, type LoadBalancingOptions, loadBalancing } from "./exporters/load-balancing";
export { nop } from "./exporters/nop";
export { type OtlpGrpcOptions, otlpGrpc } from "./exporters/otlp-grpc";
export { type OtlpHttpOptions, otlpHttp } from "./exporters/otlp-http";
export { type PrometheusRemoteWriteOptions, prometheusRemoteWrite } from "./exporters/prometheus-remote-write";
export { type PrometheusExporterOptions, prometheusExporter } from "./exporters/prometheus-exporter";
export { type Durability, type QueueOptions } from "./exporters/queue";
export { type CountedMetric, type CountedMetrics, type CountOptions, count } from "./connectors/count";
export { type ForwardOptions, forward } from "./connectors/forward";
export { type ServiceGraphOptions, serviceGraph } from "./connectors/service-graph";
export { type Dimension, type SpanMetricsOptions, spanMetrics } from "./connectors/span-metrics";
export { type BasicAuthOptions, basicAuth } from "./extensions/basic-auth";
export { type BearerTokenAuthOptions, bearerTokenAuth } from "./extensions/bearer-token-auth";
export { type FileStorageOptions, fileStorage } from "./extensions/file-storage";
export { healthPort, healthCheck } from "./extensions/health-check";
export { type JaegerRemoteSamplingOptions, jaegerRemoteSampling } from "./extensions/jaeger-remote-sampling";
export { type ZpagesOptions, zpages } from "./extensions/zpages";
