import { atLeast } from "../../core/version";
import { images } from "../../images";
import type { Dialect } from "./indexed";

/** Source: docs/reference/setup of Elasticsearch, and distribution/docker/src/docker of its repository. */
export const elasticsearchDialect: Dialect = {
  image: images.elasticsearch,
  oldest: "7.10.0",
  home: "/usr/share/elasticsearch",
  variables: { options: "ES_JAVA_OPTS", config: "ES_PATH_CONF", temporary: "ES_TMPDIR" },
  managerRole: "master",
  initialManagers: "cluster.initial_master_nodes",
  settings: (version) => ({
    // From 8 on it is on unless told otherwise. Nothing but network policies stands before it: see docs/security.md.
    ...(atLeast(version, "8.0.0") && { "xpack.security.enabled": false, "xpack.ml.enabled": false }),
    // It has no way out to fetch any.
    ...(atLeast(version, "7.14.0") && { "ingest.geoip.downloader.enabled": false }),
  }),
};
