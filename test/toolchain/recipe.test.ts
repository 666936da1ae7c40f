import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binaries, type Binary } from "../../toolchain/catalog";
import { buildArgs, buildEnv, recipeKey, requiredGo } from "../../toolchain/recipe";

const { coredns, jaeger, prometheus, pulumi } = binaries;

describe("build arguments", () => {
  it("are stripped, free of local paths and untagged where nothing else is asked for", () => {
    assert.deepEqual(buildArgs(coredns, "/out/coredns"), [
      "build",
      "-v",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags",
      "-s -w",
      "-o",
      "/out/coredns",
      "github.com/coredns/coredns",
    ]);
  });

  it("carry tags and the version that Pulumi reports", () => {
    assert.deepEqual(buildArgs(pulumi, "p").slice(4, 8), [
      "-tags",
      "osusergo,grpcnotrace",
      "-ldflags",
      "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0",
    ]);
  });

  it("never change a module", () => {
    assert.deepEqual(buildEnv, { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" });
  });
});

describe("recipe key", () => {
  let folder: string;
  const key = (binary: Binary = jaeger) => recipeKey(binary, folder);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "recipe-"));
    writeFileSync(join(folder, "go.mod"), "module m\n");
    writeFileSync(join(folder, "go.sum"), "");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is the same for the same sources and flags", () => {
    assert.equal(key(), key());
    assert.match(key(), /^[0-9a-f]{12}$/);
  });

  it("changes with every source file", () => {
    const keys = [key()];
    for (const file of ["go.mod", "go.sum", "main.go"]) {
      writeFileSync(join(folder, file), "changed");
      keys.push(key());
    }
    assert.equal(new Set(keys).size, 4);
  });

  it("changes with tags, linked values, package and embedded files", () => {
    const variants: Binary[] = [
      jaeger,
      { ...jaeger, tags: ["x"] },
      { ...jaeger, variables: ["a.b=c"] },
      { ...jaeger, package: "./other" },
      { ...jaeger, embeds: { module: "m", folder: "f", files: ["x.json"] } },
    ];
    assert.equal(new Set(variants.map(key)).size, variants.length);
  });

  it("does not change with what the compiler does not read", () => {
    const before = key();
    writeFileSync(join(folder, "manifest.yaml"), "dist: {}");
    writeFileSync(join(folder, "main_test.go"), "package main");
    assert.equal(key(), before);
  });

  it("tells two programs of one module apart", () => {
    assert.notEqual(recipeKey(prometheus), recipeKey(binaries.promtool));
  });
});

describe("required Go", () => {
  it("is what the module says", () => assert.equal(requiredGo(jaeger), "1.26.8"));
});
