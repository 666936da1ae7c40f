import { engines } from "../engines";
import type { EngineImage } from "./definition";
import { descriptors, moduleJars, type Module } from "./modules";

const home = "/usr/share/elasticsearch";

// What guards files and sockets here goes by where a jar lies, so a module brings all of its own.
const modules: readonly Module[] = [
  {
    name: "transport-netty4",
    classname: "org.elasticsearch.transport.Netty4Plugin",
    jars: ["transport-netty4", "netty-"],
  },
  { name: "analysis-common", classname: "org.elasticsearch.analysis.common.CommonAnalysisPlugin" },
  { name: "mapper-extras", classname: "org.elasticsearch.index.mapper.MapperExtrasPlugin" },
];

const others = [
  ...["aggs-matrix-stats", "ingest-common", "ingest-user-agent", "lang-expression", "lang-mustache", "lang-painless"],
  ...["parent-join", "percolator", "rank-eval", "reindex", "repository-url", "elasticsearch-rest-client"],
];

/** Netty opens sockets and reaches into the platform; its module may do so. */
const policy = "grant {\n  permission java.security.AllPermission;\n};\n";

/** Source: distribution/docker/src/docker of Elasticsearch 7.10. */
export const elasticsearch: EngineImage = {
  engine: "elasticsearch",
  tag: (version) => version,
  users: { elasticsearch: 1000 },
  jars: {
    folder: `${home}/lib`,
    except: {
      "elasticsearch-cluster-runner": null,
      // Rights go by the names that jars have in a distribution.
      "plugin-classloader": `${home}/lib/elasticsearch-plugin-classloader-${engines.elasticsearch.version}.jar`,
      // These are modules too, without the jars that would make them whole.
      ...Object.fromEntries(others.map((name) => [name, null])),
      ...moduleJars("elasticsearch", modules),
    },
  },
  files: {
    ...descriptors("elasticsearch", engines.elasticsearch.version, modules),
    [`${home}/modules/transport-netty4/plugin-security.policy`]: policy,
  },
  directories: {
    [home]: { owner: 1000, group: 0, mode: 0o775 },
    [`${home}/config`]: { owner: 1000, group: 0, mode: 0o775 },
    [`${home}/data`]: { owner: 1000, group: 0, mode: 0o775 },
    [`${home}/logs`]: { owner: 1000, group: 0, mode: 0o775 },
    [`${home}/plugins`]: { owner: 1000, group: 0, mode: 0o775 },
  },
  config: {
    User: "1000:0",
    Entrypoint: ["/usr/local/bin/docker-entrypoint.sh"],
    Cmd: ["eswrapper"],
    WorkingDir: home,
    Env: [`PATH=${home}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/java/bin`],
    ExposedPorts: [9200, 9300],
  },
};
