import { images, isBuiltHere, type ImageName } from "../../components/images";
import type { Dependency } from "./dependency";

/** The licence that each image is handed out under by its publisher, and where that stands. */
const licences: Readonly<Partial<Record<ImageName, { readonly licence: string; readonly from: string }>>> = {
  collector: { licence: "Apache-2.0", from: "github.com/open-telemetry/opentelemetry-collector-releases" },
  jaeger: { licence: "Apache-2.0", from: "github.com/jaegertracing/jaeger" },
  prometheus: { licence: "Apache-2.0", from: "github.com/prometheus/prometheus" },
  alertmanager: { licence: "Apache-2.0", from: "github.com/prometheus/alertmanager" },
  victorialogs: { licence: "Apache-2.0", from: "github.com/VictoriaMetrics/VictoriaLogs" },
  loki: { licence: "AGPL-3.0-only", from: "github.com/grafana/loki" },
  grafana: { licence: "AGPL-3.0-only", from: "github.com/grafana/grafana" },
  esRollover: { licence: "Apache-2.0", from: "github.com/jaegertracing/jaeger" },
  esIndexCleaner: { licence: "Apache-2.0", from: "github.com/jaegertracing/jaeger" },
  opensearch: { licence: "Apache-2.0", from: "github.com/opensearch-project/OpenSearch" },
  // Its jars of 7.10.2, which stand in for it where it cannot be pulled, are the last ones under Apache-2.0 alone.
  elasticsearch: { licence: "Elastic-2.0", from: "www.elastic.co/licensing/elastic-license" },
  cassandra: { licence: "Apache-2.0", from: "github.com/apache/cassandra" },
  kafka: { licence: "Apache-2.0", from: "github.com/apache/kafka" },
};

/** Every image that a stack names and others make. Users pull them; nothing here hands them on. */
export const imageDependencies = (): Dependency[] =>
  (Object.keys(images) as ImageName[])
    .filter((name) => !isBuiltHere(images[name]))
    .map((name) => ({
      kind: "image",
      name: images[name].repository,
      version: images[name].tag,
      // Without one it is refused.
      ...(licences[name] && { licence: licences[name].licence }),
      use: "pulled",
      through: [`configs/versions.json, licence as in ${licences[name]?.from ?? "no place that is known"}`],
    }));
