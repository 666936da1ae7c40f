import type { Place } from "./engine";

/**
 * One node of the runners that codelibs makes for Elasticsearch and OpenSearch. It listens one above its base port, and
 * on no port above 9299.
 */
export const runnerArgs = ({ folder, port }: Place): string[] => [
  ...["-clusterName", "sightline"],
  ...["-numOfNode", "1"],
  ...["-basePath", `${folder}/node`],
  ...["-baseHttpPort", `${port - 1}`],
];
