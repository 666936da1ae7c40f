import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Exec } from "../../../toolchain/exec";
import { goDependencies } from "../../../toolchain/licences/go";

describe("licences of Go modules", () => {
  const cache = mkdtempSync(join(tmpdir(), "sightline-modules-"));
  const folder = (name: string, files: readonly string[]): string => {
    mkdirSync(join(cache, name));
    for (const file of files) writeFileSync(join(cache, name, file), file);
    return join(cache, name);
  };
  const two = folder("two", ["LICENSE", "LICENSE-MIT", "LICENSE.docs", "license.go", "main.go"]);
  const none = folder("none", ["README.md"]);
  after(() => rmSync(cache, { recursive: true }));

  /** A `go` that links two modules into each program, and a classifier that reads a file's name. */
  const machine =
    (asked: string[], error = ""): Exec =>
    async (_, args) => {
      if (args[0] === "tool") {
        const files = args.slice(args.indexOf("-json") + 2);
        asked.push(...files);
        const found = files.map((Filepath) => ({
          Filepath,
          Classifications: [
            { Name: "Copyright", Confidence: 1 },
            { Name: Filepath.endsWith("MIT") ? "MIT" : "Apache-2.0", Confidence: 0.98 },
          ],
        }));
        writeFileSync(args[args.indexOf("-json") + 1]!, JSON.stringify(found));
        return { code: 0, stdout: "", stderr: "" };
      }
      const lines = [
        "",
        `example.org/two\tv1.0.0\t${two}`,
        `example.org/none\tv2.0.0\t${none}`,
        "sightline/own\t\t/own",
      ];
      return { code: 0, stdout: [...lines, error].join("\n"), stderr: "" };
    };

  it("are what the licence files of a module read as, all together; a module without one has none", async () => {
    const asked: string[] = [];
    const found = await goDependencies({ exec: machine(asked) });
    assert.deepEqual(asked, [join(two, "LICENSE"), join(two, "LICENSE-MIT")]);
    assert.deepEqual(
      found.filter(({ through }) => through[0] === "toolchain/jaeger: jaeger"),
      [
        {
          kind: "go",
          name: "example.org/two",
          version: "v1.0.0",
          licence: "Apache-2.0 AND MIT",
          use: "linked",
          through: ["toolchain/jaeger: jaeger"],
        },
        {
          kind: "go",
          name: "example.org/none",
          version: "v2.0.0",
          use: "linked",
          through: ["toolchain/jaeger: jaeger"],
        },
      ],
    );
  });

  it("are not given where a package could not be listed, but for files that a build adds", async () => {
    await assert.rejects(goDependencies({ exec: machine([], 'error\t"no such module"') }), /pulumi: .*no such module/);
    await goDependencies({ exec: machine([], 'error\t"main.go: pattern schema.json: no matching files found"') });
  });
});
