import { stringify } from "yaml";
import type { JavaEngine, Place } from "./engine";

const exported = [
  "java.base/jdk.internal.misc",
  "java.base/jdk.internal.ref",
  "java.base/sun.nio.ch",
  "java.base/java.lang.ref",
  "java.management.rmi/com.sun.jmx.remote.internal.rmi",
  "java.rmi/sun.rmi.registry",
  "java.rmi/sun.rmi.server",
  "java.sql/java.sql",
  "jdk.unsupported/sun.misc",
];

const opened = [
  "java.base/java.io",
  "java.base/java.lang",
  "java.base/java.lang.module",
  "java.base/java.lang.reflect",
  "java.base/java.math",
  "java.base/java.net",
  "java.base/java.nio",
  "java.base/java.util",
  "java.base/java.util.concurrent",
  "java.base/java.util.concurrent.atomic",
  "java.base/jdk.internal.loader",
  "java.base/jdk.internal.math",
  "java.base/jdk.internal.module",
  "java.base/jdk.internal.ref",
  "java.base/jdk.internal.reflect",
  "java.base/jdk.internal.util.jar",
  "java.base/sun.nio.ch",
  "jdk.management/com.sun.management.internal",
];

/** Nodes speak to each other on this much more than the clients' port. */
const storage = 1;

const config = ({ folder, port, authenticated }: Place): string =>
  stringify({
    cluster_name: "sightline",
    num_tokens: 4,
    partitioner: "org.apache.cassandra.dht.Murmur3Partitioner",
    endpoint_snitch: "SimpleSnitch",
    listen_address: "127.0.0.1",
    storage_port: port + storage,
    rpc_address: "127.0.0.1",
    native_transport_port: port,
    start_native_transport: true,
    ...(authenticated && { authenticator: "PasswordAuthenticator" }),
    // What is acknowledged is on disk; `periodic` loses up to 100 ms of it to a `kill -9`.
    commitlog_sync: "batch",
    data_file_directories: [`${folder}/data`],
    commitlog_directory: `${folder}/commitlog`,
    saved_caches_directory: `${folder}/saved`,
    hints_directory: `${folder}/hints`,
    cdc_raw_directory: `${folder}/cdc`,
    memtable_allocation_type: "heap_buffers",
    seed_provider: [
      {
        class_name: "org.apache.cassandra.locator.SimpleSeedProvider",
        parameters: [{ seeds: `127.0.0.1:${port + storage}` }],
      },
    ],
  });

/** What Java 17 has to be told, as conf/jvm17-server.options of Cassandra does. */
export const virtualMachine: readonly string[] = [
  "-Djdk.attach.allowAttachSelf=true",
  ...exported.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
  ...opened.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
];

export const cassandra: JavaEngine = {
  folder: "cassandra",
  version: "5.0.5",
  source: "org.apache.cassandra:cassandra-all:5.0.5",
  java: [17, 17],
  port: 8042,
  heap: 512,
  files: (place) => ({ "cassandra.yaml": config(place) }),
  command: ({ folder }) => [
    ...virtualMachine,
    `-Dcassandra.config=file://${folder}/cassandra.yaml`,
    `-Dcassandra.storagedir=${folder}`,
    `-Dcassandra.logdir=${folder}`,
    "-Dcassandra-foreground=yes",
    // Its first user is made as soon as it listens, and not 10 s later.
    "-Dcassandra.superuser_setup_delay_ms=0",
    "org.apache.cassandra.service.CassandraDaemon",
  ],
};
