import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { images, type ImageName } from "../../components/images";
import { definitionOf } from "../../toolchain/built-image";
import { binaries, binariesFor, binaryNames, unbuildable } from "../../toolchain/catalog";
import { pluginVersion } from "../../toolchain/pulumi";
import { moduleFolder } from "../../toolchain/recipe";

const root = join(__dirname, "../../toolchain");

describe("catalog", () => {
  it("covers every Go module of the folder", () => {
    const folders = readdirSync(root).filter((name) => existsSync(join(root, name, "go.mod")));
    assert.deepEqual([...new Set(binaryNames.map((name) => binaries[name].folder))].sort(), folders.sort());
  });

  for (const name of binaryNames) {
    it(`names the requirement that go.mod has for ${name}`, () => {
      const lines = readFileSync(join(moduleFolder(binaries[name]), "go.mod"), "utf8").split("\n");
      const required = lines.map((line) =>
        line
          .replace(/^require /, "")
          .replace(/ \/\/ indirect$/, "")
          .trim(),
      );
      assert.ok(required.includes(binaries[name].source), binaries[name].source);
    });
  }

  it("gives the bridged providers the versions that the npm packages ask for", () => {
    assert.equal(binaries["pulumi-resource-docker"].version, pluginVersion("docker"));
    assert.equal(binaries["pulumi-resource-random"].version, pluginVersion("random"));
  });

  it("knows what the dev stack needs, longest first", () => {
    assert.deepEqual(binariesFor("dev"), [
      "otelcol-contrib",
      "pulumi",
      "jaeger",
      "pulumi-resource-docker",
      "prometheus",
      "pulumi-resource-random",
      "pulumi-language-nodejs",
      "victoria-logs",
      "promtool",
      "sightline-guard",
    ]);
  });

  it("has a way to every image, or says why there is none", () => {
    for (const name of Object.keys(images) as ImageName[]) assert.ok(definitionOf(name) ?? name in unbuildable, name);
  });
});
