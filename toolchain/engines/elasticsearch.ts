import type { JavaEngine } from "./engine";
import { runnerArgs } from "./runner";

/** The newest that Maven carries as a whole. */
export const elasticsearch: JavaEngine = {
  folder: "elasticsearch",
  version: "7.10.2",
  source: "org.codelibs:elasticsearch-cluster-runner:7.10.2.0",
  java: [17, 17],
  port: 8211,
  heap: 512,
  files: () => ({}),
  command: (place) => ["org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner", ...runnerArgs(place)],
  ready: "/_cluster/health?wait_for_status=yellow&timeout=1s",
};
