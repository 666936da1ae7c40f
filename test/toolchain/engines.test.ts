import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { engineNames, engines } from "../../toolchain/engines";
import { obtainJars } from "../../toolchain/engines/jars";
import { findJava } from "../../toolchain/engines/java";
import { runningEngine, stopEngine } from "../../toolchain/engines/run";
import type { Exec } from "../../toolchain/exec";
import { emptyCache } from "./support";

const place = { folder: "/somewhere/engine", port: 7001 };

const answering =
  (version: string | undefined): Exec =>
  () =>
    Promise.resolve(
      version === undefined
        ? { code: 127, stdout: "", stderr: "" }
        : { code: 0, stdout: "", stderr: `openjdk version "${version}" 2025-04-15` },
    );

describe("engines", () => {
  for (const name of engineNames) {
    const { folder, source, version, java, ...engine } = engines[name];

    it(`${name} is pinned by the pom.xml of its folder`, () => {
      const pom = readFileSync(join("toolchain", "engines", folder, "pom.xml"), "utf8");
      const [group, artifact, pinned] = source.split(":");
      assert.match(
        pom.replaceAll(/\s+/g, ""),
        new RegExp(`<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${pinned}</version>`),
      );
      assert.ok(pinned!.startsWith(version));
      assert.ok(!/<version>[^<]*(\[|SNAPSHOT|LATEST|RELEASE)/.test(pom));
    });

    it(`${name} keeps all it writes in its folder, and listens on 127.0.0.1`, () => {
      const text = [...engine.command(place), ...Object.values(engine.files(place))].join("\n");
      const paths = text.match(/(?<![\w:/.])\/[\w/.-]+/g) ?? [];
      assert.ok(paths.length > 0);
      assert.deepEqual(
        paths.filter((path) => !path.startsWith(place.folder)),
        [],
      );
      assert.ok(!text.includes("0.0.0.0"));
    });

    it(`${name} has a heap and ports that leave room for others`, () => {
      assert.ok(engine.heap <= 1_024 && java[0] <= java[1]);
      const others = engineNames.filter((other) => other !== name).map((other) => engines[other].port);
      assert.ok(others.every((port) => Math.abs(port - engine.port) > 1));
    });
  }

  it("gives Cassandra the port it is asked for, and the next one to its nodes", () => {
    const config = parse(engines.cassandra.files(place)["cassandra.yaml"]!) as Record<string, unknown>;
    assert.deepEqual([config["native_transport_port"], config["storage_port"]], [7001, 7002]);
  });
});

describe("findJava", () => {
  it("takes the one of the PATH where its version fits", async () => {
    assert.equal(await findJava([17, 17], { exec: answering("17.0.15") }), "java");
  });

  it("says which versions would do where there is none", async () => {
    for (const version of ["11.0.2", "1.8.0_392", undefined]) {
      await assert.rejects(findJava([98, 99], { exec: answering(version) }), /java: no Java from 98 to 99/);
    }
  });
});

describe("obtainJars", () => {
  emptyCache();

  it("asks for Maven where it is missing", async () => {
    await assert.rejects(obtainJars(engines.kafka, { exec: answering(undefined) }), /mvn: not on the PATH/);
  });

  it("gives the end of Maven's log, and where the rest is", async () => {
    const exec: Exec = () => Promise.resolve({ code: 1, stdout: "[ERROR] no such artifact", stderr: "" });
    await assert.rejects(obtainJars(engines.kafka, { exec }), /no such artifact[\s\S]*kafka\.log/);
  });
});

describe("an engine that was never started", () => {
  emptyCache();

  it("neither runs nor can be stopped", async () => {
    assert.equal(runningEngine("cassandra"), undefined);
    assert.equal(await stopEngine("cassandra"), "not running");
  });
});
