import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinary, minutes, obtainBinary } from "../../toolchain/build";
import { binaries } from "../../toolchain/catalog";
import { recipeKey } from "../../toolchain/recipe";
import { emptyCache, scripted, type Answer } from "./support";

/** A Go that writes its output file. */
const compiles: Answer = (args) => {
  writeFileSync(args[args.indexOf("-o") + 1]!, "binary");
  return {};
};
const go = { "go env": { stdout: "go1.26.8\n" }, "go build": compiles };
const builds = (calls: readonly string[]) => calls.filter((call) => call.startsWith("go build"));

describe("obtaining a binary", () => {
  const cache = emptyCache();

  it("builds it into a folder named after version, recipe and Go", async () => {
    const { exec } = scripted(go);
    const key = `jaeger-2.13.0-${recipeKey(binaries.jaeger)}-go1.26.8`;
    const path = join(cache(), "toolchain", key, "jaeger");
    assert.deepEqual(await obtainBinary("jaeger", { exec }), { path, key, origin: "built" });
    assert.equal(readFileSync(path, "utf8"), "binary");
    assert.deepEqual(readdirSync(join(cache(), "toolchain")).sort(), [key, "logs"]);
  });

  it("builds nothing that is there", async () => {
    const { exec, calls } = scripted(go);
    const { path } = await obtainBinary("jaeger", { exec });
    assert.deepEqual({ ...(await obtainBinary("jaeger", { exec })), key: "" }, { path, key: "", origin: "present" });
    assert.equal(builds(calls).length, 1);
  });

  it("builds anew for another Go", async () => {
    await obtainBinary("jaeger", scripted(go));
    const { exec } = scripted({ ...go, "go env": { stdout: "go1.27.0\n" } });
    assert.equal((await obtainBinary("jaeger", { exec })).origin, "built");
  });

  it("builds once when two ask at the same time", async () => {
    const { exec, calls } = scripted(go);
    const both = await Promise.all([obtainBinary("victoria-logs", { exec }), obtainBinary("victoria-logs", { exec })]);
    assert.deepEqual(both.map(({ origin }) => origin).sort(), ["built", "present"]);
    assert.equal(builds(calls).length, 1);
  });

  it("builds beside the files a module embeds, and leaves the module's own folder as it is", async () => {
    const fetched = mkdtempSync(join(tmpdir(), "module-"));
    const embedded = join(fetched, "cmd/pulumi-resource-kubernetes");
    mkdirSync(embedded, { recursive: true });
    for (const file of ["schema.json", "terraform-mapping.json"]) writeFileSync(join(embedded, file), "{}");
    let cwd = "";
    const { exec, calls } = scripted({ ...go, "go mod download": { stdout: JSON.stringify({ Dir: fetched }) } });
    await obtainBinary("pulumi-resource-kubernetes", {
      exec: (file, args, options) => {
        if (args[0] === "build") {
          cwd = options?.cwd ?? "";
          assert.deepEqual(readdirSync(cwd).sort(), [
            "go.mod",
            "go.sum",
            "main.go",
            "schema.json",
            "terraform-mapping.json",
          ]);
        }
        return exec(file, args, options);
      },
    });
    assert.ok(calls.includes("go mod download -json github.com/pulumi/pulumi-kubernetes/provider/v4"));
    assert.ok(!existsSync(cwd));
  });

  it("says the last lines of a failing build and where the rest is, and leaves nothing behind", async () => {
    const { exec } = scripted({ ...go, "go build": { code: 1, stderr: `${"noise\n".repeat(30)}undefined: x` } });
    const log = join(cache(), "toolchain/logs/jaeger.log");
    await assert.rejects(obtainBinary("jaeger", { exec }), (error: Error) => {
      assert.match(error.message, /^jaeger: go build failed with code 1:\n(noise\n){11}undefined: x\n; see /);
      assert.ok(error.message.includes(log));
      return true;
    });
    assert.match(readFileSync(log, "utf8"), /undefined: x/);
    assert.deepEqual(readdirSync(join(cache(), "toolchain")), ["logs"]);
  });

  it("names the Go that is needed where there is none", async () => {
    await assert.rejects(obtainBinary("jaeger", scripted({})), {
      message:
        "go: not on the PATH, and building from source needs it; install Go 1.26.8 or newer from https://go.dev/dl/ and put its bin folder on the PATH",
    });
  });

  it("finds what was built before on a machine without Go", async () => {
    const { path } = await obtainBinary("jaeger", scripted(go));
    assert.equal((await findBinary("jaeger", scripted({})))?.path, path);
    assert.equal(await findBinary("victoria-logs", scripted({})), undefined);
  });
});

describe("minutes", () => {
  it("counts seconds up to a minute and a half", () => {
    assert.deepEqual([40, 89.6, 377].map(minutes), ["40 s", "90 s", "6 min"]);
  });
});
