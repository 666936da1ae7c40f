import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../cli/exit-codes";
import { cells, read, root, tables } from "../support/markdown";

const table = (page: string, firstHeader: string) => {
  const found = tables(read("docs", page)).find(({ headers }) => headers[0] === firstHeader);
  assert.ok(found, `no table begins with ${firstHeader}`);
  return found.rows;
};
const code = (cell: string | undefined) => /^`(.*)`$/.exec(cell ?? "")?.[1] ?? "";
describe("the README", () => {
  it("has 200 lines at most, and both commands on its first screen", () => {
    const lines = read("README.md").split("\n");
    assert.ok(lines.length <= 201, String(lines.length));
    const first = lines.slice(0, 40).join("\n");
    for (const command of ["npm ci && npm run up -- --yes", "npm ci && npm test"]) assert.ok(first.includes(command));
  });
});

describe("pages of docs", () => {
  it("has every command of the command line, and no other", () => {
    const commands = readdirSync(join(root, "cli", "commands")).map((file) => file.replace(".ts", ""));
    assert.deepEqual(
      table("commands.md", "command")
        .map(([name]) => code(name))
        .sort(),
      commands.sort(),
    );
  });

  it("has every exit code", () => {
    const codes = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]);
    assert.deepEqual(table("commands.md", "exit code"), codes);
  });

  it("show programs as they stand in examples", () => {
    const shown = { "library.md": ["library", "tracing"], "instrumentation.md": ["kubernetes", "policy"] };
    for (const [page, examples] of Object.entries(shown)) {
      for (const example of examples) {
        const program = read("examples", example, "index.ts");
        assert.ok(read("docs", page).includes(`\`\`\`ts\n${program}\`\`\``), example);
      }
    }
  });
});

describe("documents", () => {
  const documents = ["README.md", "CONTRIBUTING.md", "examples/README.md"].concat(
    readdirSync(join(root, "docs"))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  );
  it("have tables of equal rows", () => {
    const crooked = documents.flatMap((document) =>
      tables(read(document)).flatMap(({ headers, rows }) => rows.filter((row) => row.length !== headers.length)),
    );
    assert.deepEqual(crooked, []);
    assert.deepEqual(cells("| a | `b` |"), ["a", "`b`"]);
  });
});
