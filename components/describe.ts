/**
 * The pure half of the library: describe workloads, locate neighbours, plan what a platform would create. Loading it
 * loads no Pulumi.
 */
export * from "./core/config";
export * from "./core/platform";
export { Refusal, refuse, sentence, within, type Problem } from "./core/problems";
export * from "./core/units";
export { atLeast, isVersion, type Version } from "./core/version";
export * from "./core/workload";
export { images, imagesFrom, type ImageName, type Release } from "./images";

export * from "./collector/parts";
export { collectorConfig, type CollectorConfig, type CollectorConfigArgs } from "./collector/config";
export type { Connector, Exporter, Extension, Part, Processor, Receiver, Signal } from "./collector/part";
export type { Pipeline, Pipelines } from "./collector/pipeline";
export { collectorPorts, otelCollector, type CollectorPort, type OtelCollectorArgs } from "./collector/workload";

export { guardConfig, guardPorts, type Guarded } from "./guard/config";
export { guard, type GuardArgs } from "./guard/workload";

export * from "./sampling/strategies";
export type { WantedValue } from "./sampling/attribute-policy";
export { budgets, type Budgets } from "./collector/budgets";
export { identifiers } from "./collector/processors/identifiers";
export { overflowing, type OverflowingOptions } from "./collector/processors/overflowing";
export { tailPolicies, tailSampler, type Keep, type TailSamplerOptions } from "./sampling/tail";
export {
  budgetSampler,
  compile as compileBudget,
  entryMarks,
  expected as expectedOfBudget,
  policyNames,
  type Amount,
  type Budget,
  type Expected,
  type Plan as BudgetPlan,
  type Profile,
  type RouteProfile,
  type SamplingBudget,
} from "./sampling/budget";
export { traceStorage, type StorageKind, type StorageSpec } from "./storage";
export { badger, type BadgerOptions } from "./storage/backends/badger";
export { cassandra, type CassandraCluster, type CassandraOptions } from "./storage/backends/cassandra";
export { clickhouse, type ClickhouseOptions, type ClickhouseServer } from "./storage/backends/clickhouse";
export { elasticsearch, type ElasticsearchOptions } from "./storage/backends/elasticsearch";
export { grpc, type GrpcOptions, type GrpcServer } from "./storage/backends/grpc";
export { memory, type MemoryOptions } from "./storage/backends/memory";
export { opensearch, type OpensearchOptions } from "./storage/backends/opensearch";
export {
  agentPipelines,
  collectorPipelines,
  gatewayPipelines,
  nodeReaderPipelines,
  samplerPipelines,
  tracing,
  type AgentOptions,
  type CollectorOptions,
  type CollectorRole,
  type GatewayOptions,
  type NodeReaderOptions,
  type OwnNode,
  type SamplerOptions,
  type TracingOptions,
} from "./tracing";
export { countRedacted, privacyRules, redact, type Privacy, type PrivacyRule } from "./privacy";
export { kafkaBuffer, type BufferOptions, type ExternalKafka, type TraceBuffer } from "./buffer/buffer";
export type { Brokers } from "./buffer/managed";
export type { Certificates, Pem, ServerCertificate } from "./core/certificates";
export type { Credentials } from "./storage/external";
export type { IndexedCluster } from "./storage/indexed";
export type { IndexedPrograms } from "./storage/jobs/indexed";
export type { IndexedNodes } from "./storage/managed/indexed";
export type { ManagedNodes } from "./storage/managed/nodes";
export type { Answer, Gate, Search, StorageLimits, TraceStorage, Warning } from "./storage/storage";
export { warningsOf } from "./storage/version";
export { countTruncated, fitStorage } from "./jaeger/fit";
export { jaeger, jaegerPorts, type JaegerArgs, type JaegerPort, type JaegerRole } from "./jaeger/workload";

export { alertmanager, alertmanagerPorts, type AlertmanagerArgs } from "./alertmanager/workload";
export type { Receiver as AlertReceiver, ReceiverKind as AlertReceiverKind } from "./alertmanager/receiver";
export { prometheus, prometheusPorts, type PrometheusArgs } from "./prometheus/workload";
export { slo, type Objective, type ObjectiveOptions } from "./prometheus/objectives";
export type { RuleGroups } from "./prometheus/rule";
export { ruleFile, type AlertLinks } from "./prometheus/rule";
export { tracingRules, type TracingRulesOptions } from "./prometheus/rules";
export { loki, lokiPorts } from "./logs/loki/workload";
export { victoriaLogs, victoriaLogsPorts } from "./logs/victorialogs/workload";
export { logStores, type LogStore, type LogStoreArgs, type LogStoreKind } from "./logs";
export { dashboardQueries, dashboards, executable, type DashboardQuery } from "./dashboards";
export { grafana, grafanaPorts, type GrafanaArgs } from "./dashboards/workload";

export {
  grafanaObjects,
  podMonitors,
  prometheusRules,
  type GrafanaObjectsOptions,
  type PodMonitorsOptions,
} from "./operator";

export { dockerPlanner, type DockerHostOptions } from "./platforms/docker/plan";
export type { DockerTransform } from "./platforms/docker/transform";
export { kubernetesPlanner, type Exposure, type KubernetesOptions } from "./platforms/kubernetes/plan";
export type { ManifestTransform } from "./platforms/kubernetes/transform";

export { instrumented, type Instrumented } from "./instrumentation/instrumented";
export { instrumentedResource, type InstrumentAll, type InstrumentedResource } from "./instrumentation/all/resource";
export type { InstrumentRule } from "./instrumentation/all/rule";
export { kitConfigMap, kitFiller, kitFolder, nodejsKit, type NodejsKit } from "./instrumentation/kit";
export { tracingPolicies } from "./instrumentation/policy/policies";
export type { PolicyOptions } from "./instrumentation/policy/rules";
export type { DockerContainer } from "./instrumentation/docker";
export type { KubernetesWorkload } from "./instrumentation/kubernetes";
export type { Instrumentation, Sampling } from "./instrumentation/options";

export { capacityPlan, shortfalls, type CapacityPlan, type Demand, type Planned } from "./capacity";
