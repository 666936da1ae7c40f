/** Repositories, by their last part, of programs that make no spans of their own: stores, queues, and tracing itself. */
const passive = new RegExp(
  `^(${[
    "redis(-stack(-server)?)?|valkey(-bundle)?|memcached|postgres(ql)?|mysql|mariadb|mongo(db)?|cassandra|scylla|clickhouse(-server)?|etcd|minio",
    "elasticsearch|opensearch|(cp-)?kafka|rabbitmq|nats|zookeeper",
    "opentelemetry-collector(-.*)?|otelcol.*|jaeger|all-in-one|prometheus|alertmanager|grafana|loki|victoria-.*|fluent(d|-bit)",
  ].join("|")})$`,
);

/** Whether an image is of a program whose clients record the calls to it. */
export const isPassive = (image: string): boolean => {
  const repository = image.split("@")[0]!.replace(/:[^:/]*$/, "");
  return passive.test(repository.split("/").at(-1)!);
};
