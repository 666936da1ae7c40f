import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderedCheck } from "../../cli/check/rendered";
import { Refusal } from "../../components/core/problems";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsFrom } from "../../configs/settings-from";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { filesOf, filesUnder, renderAll, writeRendered } from "../../stacks/rendered";
import { secretTexts } from "../support/login";

describe("configs/rendered", () => {
  it("is what the code renders", async () => {
    assert.deepEqual(await renderedCheck().run(), { state: "passed" });
  });

  it("is left to the check of settings where those are refused", async () => {
    const outcome = await renderedCheck(() => {
      throw new Refusal("settings", [{ path: "queueSize", reason: "not a size", remedy: "write 1 or more" }]);
    }).run();
    assert.deepEqual(outcome, { state: "skipped", why: "nothing is rendered from settings that are refused" });
  });

  it("holds for each stack the files of each workload, Jaeger's for the oldest version too, and the objects", () => {
    const folders = Object.keys(renderAll()).map((path) => path.split("/").slice(0, 2).join("/"));
    const each = ["jaeger", "prometheus", "grafana", "jaeger-2.13.0"];
    assert.deepEqual(
      [...new Set(folders)],
      [
        ...["collector", ...each, "docker.yaml"].map((folder) => `dev/${folder}`),
        ...["prod", "trial"].flatMap((stack) =>
          ["agent", "gateway", "sampler", "node-reader", ...each, "kubernetes.yaml"].map(
            (folder) => `${stack}/${folder}`,
          ),
        ),
      ],
    );
  });

  it("shows no secret, and shows where one goes", () => {
    const files = renderAll();
    const shown = Object.entries(files).filter(([, text]) => secretTexts.some((secret) => text.includes(secret)));
    assert.deepEqual(shown, []);
    for (const name of ["GF_SECURITY_ADMIN_PASSWORD", "GF_SECURITY_SECRET_KEY"]) {
      assert.ok(files["dev/docker.yaml"]?.includes(`${name}=[secret]`), name);
    }
  });

  it("would show no token for OTLP either", () => {
    const settings = settingsFrom("dev", { otlpTokens: { payments: "token" } });
    const planner = dockerPlanner(hostOf(settings));
    const workloads = observability(settings, planner, describedSecrets);
    const text = JSON.stringify([planner.plan(workloads), filesOf(settings)]);
    assert.ok(text.includes("filename: /etc/otelcol-contrib/tokens"), "the configuration refers to the tokens");
    assert.deepEqual(
      secretTexts.filter((secret) => text.includes(secret)),
      [],
    );
  });
});

describe("writing rendered files", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sightline-rendered-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("leaves exactly those, touches none that is right, and spares the README", () => {
    const files = { "dev/a.yaml": "a: 1\n", "dev/deep/b.yaml": "b: 1\n" };
    assert.deepEqual(writeRendered(files, folder), { changed: Object.keys(files), removed: [] });
    mkdirSync(join(folder, "old"));
    writeFileSync(join(folder, "old", "c.yaml"), "c: 1\n");
    writeFileSync(join(folder, "README.md"), "# Rendered\n");
    const next = { ...files, "dev/a.yaml": "a: 2\n" };
    assert.deepEqual(writeRendered(next, folder), { changed: ["dev/a.yaml"], removed: ["old/c.yaml"] });
    assert.deepEqual(filesUnder(folder).sort(), ["README.md", "dev/a.yaml", "dev/deep/b.yaml"]);
    assert.deepEqual(writeRendered(next, folder), { changed: [], removed: [] });
  });
});
