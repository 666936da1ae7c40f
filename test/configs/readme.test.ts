import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { exitCodes } from "../../cli/exit-codes";
import { cells, read, root, tables } from "../support/markdown";

const text = read("README.md");
const table = (firstHeader: string) => {
  const found = tables(text).find(({ headers }) => headers[0] === firstHeader);
  assert.ok(found, `no table begins with ${firstHeader}`);
  return found.rows;
};
const code = (cell: string | undefined) => /^`(.*)`$/.exec(cell ?? "")?.[1] ?? "";
/** Code blocks of a language. */
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, body]) => body);

describe("the README", () => {
  it("has every setting of Pulumi.yaml with its default and meaning, and those that Pulumi.yaml cannot declare", () => {
    const { config } = parse(read("Pulumi.yaml")) as {
      config: Record<string, { default: unknown; description: string }>;
    };
    const written = table("key").map(([key, value, meaning]): unknown[] => [
      code(key),
      parse(code(value)) ?? "",
      meaning,
    ]);
    const declared = Object.entries(config).map(([key, { default: value, description }]) => [key, value, description]);
    assert.deepEqual(written, [
      ...declared,
      ["otlpToken", "", "Bearer token that senders of OTLP must show, a secret"],
      ["storagePassword", "", "Password for a storage that asks for one, a secret"],
      ["bufferPassword", "", "Password for a buffer that asks for one, a secret"],
    ]);
  });

  it("has every command of the command line, and no other", () => {
    const commands = readdirSync(join(root, "cli", "commands")).map((file) => file.replace(".ts", ""));
    assert.deepEqual(
      table("command")
        .map(([name]) => code(name))
        .sort(),
      commands.sort(),
    );
  });

  it("has every exit code", () => {
    const codes = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]);
    assert.deepEqual(table("exit code"), codes);
  });

  it("shows programs as they stand in examples", () => {
    const shown = { js: "nodejs/server.js", go: "go/main.go", ts: "library/index.ts" };
    for (const [language, file] of Object.entries(shown)) {
      assert.deepEqual(blocks(language), [read("examples", file)], file);
    }
  });

  it("starts the Node.js service as examples do", () => {
    const { scripts } = JSON.parse(read("examples/nodejs/package.json")) as { scripts: { start: string } };
    assert.ok(text.includes(scripts.start), scripts.start);
  });
});

describe("documents", () => {
  const documents = ["README.md", "CONTRIBUTING.md", "examples/README.md"].concat(
    readdirSync(join(root, "docs"))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  );
  for (const document of documents) {
    it(`lead to files that exist: ${document}`, () => {
      const links = [...read(document).matchAll(/\]\(([^):#]+)[^)]*\)/g)].map(([, to]) => to!);
      const missing = links.filter((to) => !existsSync(join(root, dirname(document), to)) && !to.startsWith("http"));
      assert.deepEqual(missing, []);
    });
  }

  it("have tables of equal rows", () => {
    const crooked = documents.flatMap((document) =>
      tables(read(document)).flatMap(({ headers, rows }) => rows.filter((row) => row.length !== headers.length)),
    );
    assert.deepEqual(crooked, []);
    assert.deepEqual(cells("| a | `b` |"), ["a", "`b`"]);
  });
});
