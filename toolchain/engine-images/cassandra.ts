import { virtualMachine } from "../engines/cassandra";
import type { EngineImage } from "./definition";

const home = "/opt/cassandra";

/** Source: Dockerfile and docker-entrypoint.sh of docker-library/cassandra. */
export const cassandra: EngineImage = {
  engine: "cassandra",
  tag: (version) => version,
  users: { cassandra: 999 },
  jars: { folder: `${home}/lib` },
  files: { "/etc/cassandra/jvm17-server.options": [...virtualMachine, ""].join("\n") },
  directories: {
    "/etc/cassandra": { owner: 999, mode: 0o1777 },
    "/var/lib/cassandra": { owner: 999, mode: 0o1777 },
    "/var/log/cassandra": { owner: 999, mode: 0o1777 },
  },
  config: {
    // The official one starts as root and steps down to this user.
    User: "999:999",
    Entrypoint: ["docker-entrypoint.sh"],
    Cmd: ["cassandra", "-f"],
    Env: [
      `CASSANDRA_HOME=${home}`,
      "CASSANDRA_CONF=/etc/cassandra",
      `PATH=${home}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/java/bin`,
    ],
    ExposedPorts: [7000, 7001, 7199, 9042, 9160],
    Volumes: ["/var/lib/cassandra"],
  },
};
