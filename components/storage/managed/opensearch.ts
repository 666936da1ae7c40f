import { images } from "../../images";
import type { Dialect } from "./indexed";

/**
 * Source: config/opensearch.yml of OpenSearch, and Dockerfile and entry point of the image in opensearch-build. The image
 * has plugins that the plain distribution has not, and a setting of a plugin that is not there is refused.
 */
export const opensearchDialect: Dialect = {
  image: images.opensearch,
  oldest: "2.0.0",
  home: "/usr/share/opensearch",
  variables: { options: "OPENSEARCH_JAVA_OPTS", config: "OPENSEARCH_PATH_CONF", temporary: "OPENSEARCH_TMPDIR" },
  managerRole: "cluster_manager",
  initialManagers: "cluster.initial_cluster_manager_nodes",
  settings: () => ({}),
  // Nothing but network policies stands before it: see docs/security.md.
  prepare: "if [ -d plugins/opensearch-security ]; then set -- -Eplugins.security.disabled=true; fi",
};
