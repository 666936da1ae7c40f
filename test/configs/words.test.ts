import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { read, root, tables } from "../support/markdown";

/** Phrases that readers stumble over, none of which is needed. */
const refused = /\b(nobody asks|mend(s|ed)?|of no meaning|whoever|somebody|leave it out|length of time)\b/i;

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

/** Texts of a program, without its comments and names. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
  return texts;
}

const found = (texts: readonly string[]): string[] => texts.filter((text) => refused.test(text));

describe("words", () => {
  it("of errors, alerts and commands are plain", () => {
    const files = ["components", "configs", "cli", "stacks"].flatMap((folder) => filesIn(folder, ".ts"));
    assert.ok(files.length > 300, String(files.length));
    for (const file of files) assert.deepEqual(found(textsOf(file)), [], file);
  });

  it("of the README, docs and runbooks are plain", () => {
    for (const page of ["README.md", ...filesIn("docs", ".md")])
      assert.deepEqual(found(read(page).split("\n")), [], page);
  });

  it("have one meaning each in the glossary, in alphabetical order", () => {
    const terms = tables(read("docs/glossary.md"))[0]!.rows.map(([term = ""]) => term);
    assert.deepEqual(terms, [...new Set(terms)]);
    const sorted = [...terms].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()));
    assert.deepEqual(
      terms.map((term) => term.toLowerCase()),
      sorted.map((term) => term.toLowerCase()),
    );
    assert.ok(read("README.md").includes("(docs/glossary.md)"));
  });
});
