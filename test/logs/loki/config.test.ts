import assert from "node:assert/strict";
import { yaml } from "../../../components/core/config";
import { lokiConfig } from "../../../components/logs/loki/config";

describe("the configuration of Loki", () => {
  it("is one process on one disk that takes OTLP, removes what is old, and reports to nobody", () => {
    assert.equal(
      yaml(lokiConfig({ memory: "512 MiB" })),
      `auth_enabled: false
server:
  http_listen_port: 3100
  grpc_listen_address: 127.0.0.1
  grpc_listen_port: 9095
  grpc_server_max_recv_msg_size: 268435456
  grpc_server_max_send_msg_size: 268435456
analytics:
  reporting_enabled: false
common:
  path_prefix: /loki
  instance_addr: 127.0.0.1
  replication_factor: 1
  ring:
    kvstore:
      store: inmemory
  storage:
    filesystem:
      chunks_directory: /loki/chunks
      rules_directory: /loki/rules
frontend:
  scheduler_address: 127.0.0.1:9095
frontend_worker:
  scheduler_address: 127.0.0.1:9095
schema_config:
  configs:
    - from: 2024-01-01
      store: tsdb
      object_store: filesystem
      schema: v13
      index:
        prefix: index_
        period: 24h
ingester:
  wal:
    replay_memory_ceiling: 256MB
  lifecycler:
    min_ready_duration: 0s
compactor:
  retention_enabled: true
  delete_request_store: filesystem
limits_config:
  retention_period: 7d
  ingestion_rate_mb: 10000
  ingestion_burst_size_mb: 10000
  per_stream_rate_limit: 10000MB
  per_stream_rate_limit_burst: 10000MB
  max_line_size_truncate: true
  otlp_config:
    resource_attributes:
      ignore_defaults: true
      attributes_config:
        - action: index_label
          attributes:
            - service.name
            - service.namespace
            - deployment.environment.name
            - k8s.cluster.name
            - k8s.namespace.name
            - k8s.deployment.name
            - k8s.statefulset.name
            - k8s.daemonset.name
            - k8s.cronjob.name
            - k8s.job.name
            - k8s.container.name
`,
    );
  });

  it("follows retention, in whole numbers, and memory", () => {
    const config = yaml(lokiConfig({ retention: "1.5d", memory: "2 GiB" }));
    assert.deepEqual(
      ["  retention_period: 129600000ms\n", "    replay_memory_ceiling: 1024MB\n"].filter(
        (line) => !config.includes(line),
      ),
      [],
    );
  });
});
