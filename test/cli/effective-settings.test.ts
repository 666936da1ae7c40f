import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reference } from "../../components/core/workload";
import { images } from "../../components/images";
import { effectiveSettings } from "../../cli/effective-settings";
import { usedImages } from "../../cli/images";
import { demandImages, overridesFor, remember, type HadImages } from "../../cli/machine";
import { planOf } from "../../cli/planned";
import { emptyWorkspace, workspace } from "../../cli/workspace";
import { settingsOfStack } from "../../configs/stack-file";
import { clusterKubeconfig } from "../../toolchain/cluster";
import { ToolchainError } from "../../toolchain/error";

const home = () => workspace({ XDG_DATA_HOME: mkdtempSync(join(tmpdir(), "sightline-effective-")) });
const built = { ...images.jaeger, tag: "2.13.0", version: "2.13.0" as const };
const asked = settingsOfStack("dev");
/** Of a machine that has no Grafana, and an older Jaeger. */
const had: HadImages = {
  collector: { release: images.collector },
  jaeger: { release: built },
  grafana: { why: "images.grafana: not present" },
};
const olderJaeger = {
  path: "images.jaeger",
  asked: images.jaeger,
  has: built,
  why: `${reference(images.jaeger)} is not to be had here, jaegertracing/jaeger:2.13.0 is`,
} as const;
const noGrafana = { path: "grafana", asked: true, has: false, why: "images.grafana: not present" } as const;

describe("what a machine has instead of what a stack asks for", () => {
  it("is another release, and no Grafana", () => {
    assert.deepEqual(overridesFor(asked, had), [olderJaeger, noGrafana]);
  });

  it("stops a stack where any other program is missing, and leaves Grafana on", () => {
    const missing: HadImages = { jaeger: { why: "no recipe" }, grafana: { release: images.grafana } };
    assert.deepEqual(overridesFor(asked, missing), []);
    demandImages(asked, had);
    assert.throws(
      () => demandImages(asked, missing),
      (error) => {
        assert.ok(error instanceof ToolchainError);
        assert.equal(
          error.message,
          `images.jaeger: the stack needs it: no recipe, got "${reference(images.jaeger)}"; load the image where the stack will run, or use one that exists there`,
        );
        return true;
      },
    );
  });
});

describe("the effective settings of a stack", () => {
  it("are those of its file, with defaults, where nothing else is known", () => {
    const { settings, overrides, raw, origins } = effectiveSettings("dev", home());
    assert.deepEqual([settings, overrides], [asked, []]);
    assert.deepEqual(Object.keys(raw).sort(), ["durability", "platform", "sampling", "storage"]);
    assert.deepEqual([origins["storage"], origins["grafana"], origins["images"]], ["file", "default", "default"]);
  });

  it("are what `up` found on the machine, for every command after it", () => {
    const place = home();
    remember("dev", asked, overridesFor(asked, had), place);
    const { settings, overrides, raw, origins, ...rest } = effectiveSettings("dev", place);
    assert.deepEqual(rest.asked, asked);
    assert.deepEqual(settings, { ...asked, grafana: false, images: { ...asked.images, jaeger: built } });
    assert.deepEqual(overrides, [olderJaeger, noGrafana]);
    assert.deepEqual([raw["grafana"], raw["images"]], [false, settings.images]);
    assert.deepEqual([origins["grafana"], origins["images"], origins["storage"]], ["machine", "machine", "file"]);
    assert.equal(statSync(place.machineFile("dev")).mode & 0o777, 0o600);
  });

  it("forget what was found for another image, or in another place", () => {
    const place = home();
    const older = { ...asked, images: { ...asked.images, jaeger: { ...images.jaeger, tag: "2.19.0" } } };
    remember("dev", older, overridesFor(older, had), place);
    assert.deepEqual(effectiveSettings("dev", place).overrides, [noGrafana]);
    remember("dev", { ...asked, dockerHost: "ssh://user@host" }, overridesFor(asked, had), place);
    assert.deepEqual(effectiveSettings("dev", place).overrides, []);
  });

  it("name secrets of the user, and show none", () => {
    const place = home();
    const config = { "sightline:otlpTokens": { payments: { secure: "v1:abc" } } };
    writeFileSync(place.configFile("dev"), JSON.stringify({ encryptionsalt: "v1:salt", config }));
    const { settings, raw, origins } = effectiveSettings("dev", place);
    assert.deepEqual(settings.otlpTokens, { payments: "<secret sightline:otlpTokens.payments>" });
    assert.equal(origins["otlpTokens"], "secret");
    const folder = mkdtempSync(join(tmpdir(), "sightline-effective-"));
    const file = emptyWorkspace(folder, "dev", raw).previewFile("dev");
    assert.match(
      readFileSync(file, "utf8"),
      /sightline:otlpTokens:\n +payments: <secret sightline:otlpTokens.payments>/,
    );
  });
});

describe("the effective settings of a stack on the cluster of this machine", () => {
  const { KUBECONFIG, XDG_CACHE_HOME } = process.env;
  before(() => {
    process.env["XDG_CACHE_HOME"] = mkdtempSync(join(tmpdir(), "sightline-cluster-"));
    process.env["KUBECONFIG"] = clusterKubeconfig();
    mkdirSync(join(process.env["XDG_CACHE_HOME"], "sightline", "cluster"), { recursive: true });
  });
  after(() => {
    for (const [name, value] of Object.entries({ KUBECONFIG, XDG_CACHE_HOME })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it("know before any `up` what its nodes were given: no Service of Grafana is looked for", () => {
    const { grafana, ...stack } = Object.fromEntries(usedImages(settingsOfStack("prod")).map((n) => [n, images[n]]));
    assert.ok(grafana);
    const loaded = { stack: { ...stack, jaeger: built }, tools: {}, without: { grafana: "it is not here" } };
    writeFileSync(join(clusterKubeconfig(), "..", "images.json"), JSON.stringify(loaded));
    const { settings, overrides } = effectiveSettings("prod", home());
    assert.deepEqual(
      overrides.map(({ path }) => path),
      ["images.jaeger", "grafana"],
    );
    const names = planOf(settings).workloads.map(({ name }) => name);
    assert.ok(names.includes("jaeger") && !names.includes("grafana"), names.join(", "));
  });
});
