import assert from "node:assert/strict";
import { committedSurvey, licences, sourcesOf, surveyText } from "../../../toolchain/licences";
import type { Dependency } from "../../../toolchain/licences/dependency";
import { licenceDocument } from "../../../toolchain/licences/document";
import { eachOnce } from "../../../toolchain/licences/each-once";
import { read, root, tables } from "../../support/markdown";

const one: Dependency = {
  kind: "npm",
  name: "a",
  version: "1.0.0",
  licence: "MIT",
  use: "tool",
  through: ["first: a"],
};

describe("docs/licences.md", () => {
  const survey = committedSurvey();
  const { document, problems } = licences(survey);

  it("is what `npm run licences` writes", () =>
    assert.ok(read("docs", "licences.md") === document, "run it, and commit the result"));
  it("comes from a survey of what is pinned now: another go.sum or pom.xml needs another one", () => {
    assert.deepEqual(survey.sources, sourcesOf(root));
    assert.ok(read("toolchain", "licences", "surveyed.json") === surveyText(survey));
  });
  it("names nothing that is not allowed", () => assert.deepEqual(problems, []));

  it("has each version once, with the use that asks most, and marks what somebody has read", () => {
    const other: Dependency = { ...one, use: "linked", through: ["second: b → a"] };
    const { licence, ...unsaid } = { ...one, name: "b" };
    assert.equal(licence, "MIT");
    const text = licenceDocument(eachOnce([one, other, unsaid]), {
      "npm b@1.0.0": { licence: "ISC", from: "its file" },
    });
    assert.deepEqual(tables(text)[1]!.rows, [
      ["a", "1.0.0", "MIT", "linked", "first: a, and 1 more"],
      ["b", "1.0.0", "ISC *", "tool", "first: a"],
    ]);
    assert.ok(text.includes("\n2 versions: 1 ISC, 1 MIT\n"));
  });
});
