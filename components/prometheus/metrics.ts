/**
 * Names of metrics as Prometheus stores them: the one place where rules take them from. They differ between versions of
 * the programs, so each was read from the running one: Collector 0.158, Jaeger 2.13 and 2.20, Prometheus 3.16, Loki 3.7.
 *
 * Names of the Collector end in `_total` only where its `without_type_suffix` is false. Labels worth knowing stand
 * behind each.
 */

/** One counter for each signal. */
const counters = <Name extends string>(name: Name) =>
  ({
    spans: `${name}_spans_total`,
    points: `${name}_metric_points_total`,
    logs: `${name}_log_records_total`,
  }) as const;

/* The guard before a Collector. */

/** signal, protocol, reason. Requests that were not passed on. */
export const guardRefused = "sightline_guard_refused_requests_total";
/** sender, reason. The same and connections, by address; of 64 senders at most. */
export const guardRefusedBySender = "sightline_guard_refused_by_sender_total";

/* The Collector, and Jaeger, which is built of its parts. */

/** receiver, transport. What entered. */
export const collectorAccepted = counters("otelcol_receiver_accepted");

/** receiver, transport. "Not now", which senders answer by sending again. */
export const collectorRefused = counters("otelcol_receiver_refused");

/** receiver, transport. Turned away by a fault of the receiver itself. */
export const collectorFailed = counters("otelcol_receiver_failed");

/** exporter. What the next hop took. */
export const collectorSent = counters("otelcol_exporter_sent");

/** exporter. Dropped: the next hop refused it for good. Absent until the first. */
export const collectorSendFailed = counters("otelcol_exporter_send_failed");

/** exporter. Did not fit into the queue, and the sender was told. Absent until the first. */
export const collectorEnqueueFailed = counters("otelcol_exporter_enqueue_failed");

/** receiver, scraper. What was measured of a node. Stands still while a node, or its kubelet, gives nothing. */
export const collectorMeasured = "otelcol_scraper_scraped_metric_points_total";

/** processor. Refused for want of memory. Absent until the first. */
export const collectorLimiterRefused = counters("otelcol_processor_memory_limiter_refused");

export const { spans: collectorSentSpans } = collectorSent;
export const { spans: collectorSendFailedSpans } = collectorSendFailed;

/** exporter, data_type="traces" | "metrics" | "logs" */
export const collectorQueueSize = "otelcol_exporter_queue_size";
/** exporter, data_type */
export const collectorQueueCapacity = "otelcol_exporter_queue_capacity";
/** processor, otel_signal="traces" | "metrics" | "logs". Items that left a processor. */
export const collectorProcessed = "otelcol_processor_outgoing_items_total";
/** filter. Points that a filter dropped. */
export const collectorFilteredPoints = "otelcol_processor_filter_datapoints_filtered_total";
/** exporter, data_type. Requests that wait for an answer. */
export const collectorInFlight = "otelcol_exporter_in_flight_requests";
export const collectorMemory = "otelcol_process_memory_rss_bytes";
export const collectorCpu = "otelcol_process_cpu_seconds_total";
/** A counter in name only: it starts again at zero with the process. */
export const collectorUptime = "otelcol_process_uptime_seconds_total";

/** Edges of the service graph whose other half never came. */
export const serviceGraphExpiredEdges = "otelcol_connector_servicegraph_expired_edges_total";
/** Spans that found the service graph's store full. */
export const serviceGraphDroppedSpans = "otelcol_connector_servicegraph_dropped_spans_total";
export const serviceGraphEdges = "otelcol_connector_servicegraph_total_edges_total";

/* Sampling of whole traces, and what leads them to one sampler. */

/** Traces that grew too large while they waited, and were dropped. Absent until the first. */
export const tailTooLarge = "otelcol_processor_tail_sampling_traces_dropped_too_large_total";
/** Traces that wait for their decision. */
export const tailWaiting = "otelcol_processor_tail_sampling_sampling_traces_on_memory";
/** Traces dropped before their decision, to make room. Zero where senders wait instead. */
export const tailEvicted = "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total";
/** sampled="true" | "false": spans that came after the decision about their trace, and followed it. */
export const tailFollowed = "otelcol_processor_tail_sampling_early_releases_from_cache_decision_total";
/** decision="sampled" | "not_sampled" | …: traces. */
export const tailDecisions = "otelcol_processor_tail_sampling_global_count_traces_sampled_total";
/** policy, decision: what each policy said about each trace. */
export const tailPolicyDecisions = "otelcol_processor_tail_sampling_count_traces_sampled_total";
/** policy, decision: the same in spans. Behind a feature gate, which a sampling budget turns on. */
export const tailPolicySpans = "otelcol_processor_tail_sampling_count_spans_sampled_total";
/** Spans that failed, of traces that are kept. Absent without a sampling budget, and until the first. */
export const keptFailed = "sightline_spans_failed_kept_total";
/** What a sampling budget allows, all samplers together. Recorded, absent without one. */
export const budgetSpansPerSecond = "sightline:sampling_budget:spans_per_second";
/** Time for the decisions of one second, in milliseconds. */
export const tailTimerSum = "otelcol_processor_tail_sampling_sampling_decision_timer_latency_milliseconds_sum";
export const tailTimerCount = "otelcol_processor_tail_sampling_sampling_decision_timer_latency_milliseconds_count";
/** resolver. Receivers that a load balancing exporter knows. */
export const balancerBackends = "otelcol_loadbalancer_num_backends";
/** endpoint, success="true" | "false": requests to each receiver. */
export const balancerOutcomes = "otelcol_loadbalancer_backend_outcome_total";

/* What the Collector derives from spans and sends to Prometheus. */

/** service_name. Cut down since a storage does not take them whole. Absent until the first. */
export const spansTruncated = "sightline_spans_truncated_total";
/** service_name. As above, of log records. */
export const logsTruncated = "sightline_logs_truncated_total";

/** service_name, span_name, span_kind="SPAN_KIND_…", status_code="STATUS_CODE_…" */
export const spanCalls = "traces_span_metrics_calls_total";
/** service_name. Spans of names beyond those that a service may have, counted together. */
export const spanCallsFolded = `${spanCalls}{otel_metric_overflow="true"}`;
/** As above, and le in milliseconds: "250". */
export const spanDuration = "traces_span_metrics_duration_milliseconds_bucket";
/** As spanCalls: spans in all buckets of a duration. */
export const spanDurationCount = "traces_span_metrics_duration_milliseconds_count";
/** Matches spans that a service served, or took from a queue: its requests. */
export const served = 'span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"';
/** Matches spans that ended with an error. */
export const failed = 'status_code="STATUS_CODE_ERROR"';
/** client, server, connection_type */
export const edgeRequests = "traces_service_graph_request_total";
export const edgeFailures = "traces_service_graph_request_failed_total";

/* Kafka between the last Collector and Jaeger. */

/** partition, topic: seconds from when a message was written until it is read, of those that are read. */
export const bufferDelaySum = "otelcol_kafka_receiver_records_delay_seconds_sum";
export const bufferDelayCount = "otelcol_kafka_receiver_records_delay_seconds_count";

/** topic, partition. Messages that are not what they should be. Absent until the first. */
export const bufferUnreadable = "otelcol_kafka_receiver_unmarshal_failed_spans_total";

/* Jaeger. */

/**
 * name of the storage, operation, result="ok" | "err": what the query side asked of the storage. A trace that does not
 * exist is an error of get_trace.
 */
export const jaegerStorageRequests = "jaeger_storage_requests_total";
/** As above, and le in seconds. The first bucket above zero ends at 5, so a quantile says nothing: take the mean. */
export const jaegerStorageLatency = "jaeger_storage_latency_seconds_bucket";
export const jaegerStorageLatencySum = "jaeger_storage_latency_seconds_sum";
export const jaegerStorageLatencyCount = "jaeger_storage_latency_seconds_count";
/**
 * name of the storage. Documents that Elasticsearch or OpenSearch refused, in 2.20 also those of requests that failed as a
 * whole. They are gone, and their spans had been acknowledged.
 */
export const jaegerDocumentsRefused = "jaeger_storage_bulk_index_errors_total";
/**
 * name of the storage. Requests of many documents that Elasticsearch or OpenSearch refused as a whole. 2.13 counts their
 * documents as written, and holds them in memory until they are taken. Absent until the first.
 */
export const jaegerBulkFailed = "jaeger_storage_bulk_index_latency_err_seconds_count";
/** Free space of the disk under Badger's values. Absent until the first maintenance, five minutes after start. */
export const badgerDiskAvailable = "jaeger_storage_badger_value_log_bytes_available";
/** Size of Badger's keys and small values. */
export const badgerKeyBytes = "jaeger_storage_badger_size_bytes_lsm";
/** Size of its files of values. The one being written counts as 2 GiB from the start, most of which is a hole. */
export const badgerValueBytes = "jaeger_storage_badger_size_bytes_vlog";

/* Volumes of pods, as the kubelet of each node measures them. */

/** k8s_namespace_name, k8s_pod_name, k8s_volume_name, k8s_node_name. A volume that is a folder of a machine has its disk's. */
export const volumeAvailable = "k8s_volume_available_bytes";
/** As above. */
export const volumeCapacity = "k8s_volume_capacity_bytes";

/* VictoriaLogs. */

/** type: lines that it took, those it then dropped among them. */
export const victoriaLogsIngested = "vl_rows_ingested_total";
/** reason: lines that it took and dropped. */
export const victoriaLogsDropped = "vl_rows_dropped_total";
/** path */
export const victoriaLogsDiskFree = "vl_free_disk_space_bytes";
/** path */
export const victoriaLogsDiskTotal = "vl_total_disk_space_bytes";
/** type: what lines and their index take. */
export const victoriaLogsDataBytes = "vl_data_size_bytes";
/** path: above this, the oldest days go. */
export const victoriaLogsSizeLimit = "vl_max_disk_space_usage_bytes";
/** path: 1 while it takes nothing. */
export const victoriaLogsReadOnly = "vl_storage_is_read_only";

/* Loki. */

/** reason, tenant: lines that Loki answered with "no". Absent until the first. */
export const lokiDiscarded = "loki_discarded_samples_total";
/** Used share, 0 to 1, of the disk under Loki's volume. */
export const lokiDiskUsed = "loki_ingester_wal_disk_usage_percent";
/** Unix time at which old logs were last removed; 0 until then. */
export const lokiRetentionDone = "loki_compactor_apply_retention_last_successful_run_timestamp_seconds";

/* Prometheus. */

/** Series that it holds in memory. Those that have ended go within three hours. */
export const prometheusSeries = "prometheus_tsdb_head_series";
/** What a stack has room for. Recorded, absent where nobody counts. */
export const roomForSeries = "sightline:room:series";
export const roomForEdges = "sightline:room:edges";

export const prometheusBlockBytes = "prometheus_tsdb_storage_blocks_bytes";
export const prometheusWalBytes = "prometheus_tsdb_wal_storage_size_bytes";
export const prometheusHeadBytes = "prometheus_tsdb_head_chunks_storage_size_bytes";
/** 0 where there is no limit. */
export const prometheusSizeLimit = "prometheus_tsdb_retention_limit_bytes";
/** Blocks removed for their size before their time was over. */
export const prometheusSizeRetentions = "prometheus_tsdb_size_retentions_total";
export const prometheusCompactionsFailed = "prometheus_tsdb_compactions_failed_total";
export const prometheusWalCorruptions = "prometheus_tsdb_wal_corruptions_total";
/** rule_group */
export const prometheusRuleFailures = "prometheus_rule_evaluation_failures_total";
/** type="float" | "histogram". Older than the window in which late samples are taken. */
export const prometheusTooOld = "prometheus_tsdb_too_old_samples_total";

/** alertmanager. Alerts that no Alertmanager took in time. */
export const notificationsDropped = "prometheus_notifications_dropped_total";

/* Alertmanager, with the feature receiver-name-in-metrics. */

/** integration, receiver_name. Requests to receivers that failed, each of which is tried again. */
export const notificationsFailed = "alertmanager_notification_requests_failed_total";

/** Unix time at which a program began that uses Prometheus' own client: Prometheus, Loki, Grafana. */
export const processStart = "process_start_time_seconds";
