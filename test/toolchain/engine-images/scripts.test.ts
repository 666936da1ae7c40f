import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

const images = join(__dirname, "../../../toolchain/engine-images");

describe("scripts in images of engines", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "scripts-"));
    mkdirSync(join(folder, "bin"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A program that says what it was called with, and that nobody here is root. */
  const program = (name: string, text = 'printf "%s\\n" "$@"') =>
    writeFileSync(join(folder, "bin", name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  const bash = async (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { stdout } = await execa("bash", [join(images, script), ...args], {
      env: { ...env, PATH: `${join(folder, "bin")}:/usr/bin:/bin` },
      extendEnv: false,
    });
    return stdout.split("\n");
  };

  it("hands settings in the environment to OpenSearch, in any form that is one", async () => {
    program("id", "echo 1000");
    program("opensearch", 'printf "%s\\n" "$@" "$OPENSEARCH_JAVA_OPTS"');
    const env = {
      "discovery.seed_hosts": "a,b",
      "node.attr.zone": "x=y\nz",
      processors: "2",
      "cluster.name": "",
      UPPER: "1",
      OPENSEARCH_JAVA_OPTS: "-Xmx1g",
    };
    const said = await bash("opensearch/usr/share/opensearch/opensearch-docker-entrypoint.sh", [], env);
    assert.deepEqual(said.slice(0, -1).sort(), [
      "-Ediscovery.seed_hosts=a,b",
      "-Enode.attr.zone=x=y",
      "-Eprocessors=2",
      "z",
    ]);
    assert.equal(said.at(-1), "-Dopensearch.cgroups.hierarchy.override=/ -Xmx1g");
  });

  it("runs another command that OpenSearch's image is given", async () => {
    assert.deepEqual(
      await bash("opensearch/usr/share/opensearch/opensearch-docker-entrypoint.sh", ["echo", "a b"], { "a.b": "c" }),
      ["a b"],
    );
  });

  const options = "usr/share/opensearch/bin/jvm-options";
  it("takes from jvm.options what holds for a Java, and gives direct memory half of the heap", async () => {
    mkdirSync(join(folder, "jvm.options.d"));
    const lines = ["# words", "-Xmx1g", "17:-only17", "17-:-from17", "8-20:-until20", "21-25:-from21", "", "rest"];
    writeFileSync(join(folder, "jvm.options"), lines.join("\n"));
    writeFileSync(join(folder, "jvm.options.d/own.options"), "-own");
    assert.deepEqual(await bash(`opensearch/${options}`, ["17", folder]), [
      ...["-Xmx1g", "-only17", "-from17", "-until20", "-own"],
      `-XX:MaxDirectMemorySize=${2 ** 29}`,
    ]);
    assert.deepEqual(await bash(`opensearch/${options}`, ["25", folder, "-Xmx512m", "-XX:MaxDirectMemorySize=1m"]), [
      ...["-Xmx1g", "-from17", "-from21", "-own", "-Xmx512m", "-XX:MaxDirectMemorySize=1m"],
    ]);
  });

  it("reads jvm.options for Elasticsearch as for OpenSearch", () => {
    assert.equal(
      readFileSync(join(images, "elasticsearch", options.replace("opensearch", "elasticsearch")), "utf8"),
      readFileSync(join(images, "opensearch", options), "utf8"),
    );
  });

  describe("of Cassandra", () => {
    const entryPoint = "cassandra/usr/local/bin/docker-entrypoint.sh";
    const start = async (env: Readonly<Record<string, string>>) => {
      cpSync(join(images, "cassandra/etc/cassandra"), join(folder, "conf"), { recursive: true });
      program("id", "echo 999");
      program("hostname", "echo 10.0.0.7 fd00::7");
      program("cassandra");
      const said = await bash(entryPoint, [], { CASSANDRA_CONF: join(folder, "conf"), ...env });
      const yaml = readFileSync(join(folder, "conf/cassandra.yaml"), "utf8");
      const keys = /^ *(?:- )?(cluster_name|num_tokens|endpoint_snitch|seeds|\w*_address): (.*)$/gm;
      return { said, settings: Object.fromEntries([...yaml.matchAll(keys)].map(([, key, value]) => [key, value])) };
    };

    it("listen on their own address and are their own seed where nothing is said", async () => {
      const { said, settings } = await start({});
      assert.deepEqual(said, ["-f"]);
      assert.deepEqual(settings, {
        cluster_name: '"Test Cluster"',
        num_tokens: "16",
        endpoint_snitch: "SimpleSnitch",
        listen_address: "10.0.0.7",
        broadcast_address: "10.0.0.7",
        rpc_address: "0.0.0.0",
        broadcast_rpc_address: "10.0.0.7",
        seeds: '"10.0.0.7"',
      });
    });

    it("write what the environment says into the settings", async () => {
      const { settings } = await start({
        CASSANDRA_CLUSTER_NAME: "traces/prod",
        CASSANDRA_SEEDS: "cassandra-0.cassandra,cassandra-1.cassandra",
        CASSANDRA_NUM_TOKENS: "4",
        CASSANDRA_ENDPOINT_SNITCH: "GossipingPropertyFileSnitch",
        CASSANDRA_BROADCAST_ADDRESS: "192.0.2.1",
        CASSANDRA_DC: "here",
        CASSANDRA_RACK: "r7",
      });
      assert.deepEqual(settings, {
        cluster_name: "traces/prod",
        num_tokens: "4",
        endpoint_snitch: "GossipingPropertyFileSnitch",
        listen_address: "10.0.0.7",
        broadcast_address: "192.0.2.1",
        rpc_address: "0.0.0.0",
        broadcast_rpc_address: "192.0.2.1",
        seeds: '"cassandra-0.cassandra,cassandra-1.cassandra"',
      });
      assert.equal(readFileSync(join(folder, "conf/cassandra-rackdc.properties"), "utf8"), "dc=here\nrack=r7\n");
    });
  });
});
