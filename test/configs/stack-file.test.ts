import assert from "node:assert/strict";
import { Refusal, type Problem } from "../../components/core/problems";
import { parseYaml, readStackFile } from "../../configs/stack-file";

const refused =
  (problem: Problem) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual(error.problems, [problem]);
    return true;
  };

describe("the file of a stack", () => {
  it("is refused where there is none", () => {
    assert.throws(
      () => readStackFile("nowhere"),
      refused({
        path: "stack",
        value: "nowhere",
        reason: "there is no Pulumi.nowhere.yaml",
        remedy: "use dev or prod, or copy Pulumi.dev.yaml or Pulumi.prod.yaml to that name",
      }),
    );
  });

  it("is refused where it is not YAML, with the line", () => {
    assert.throws(
      () => parseYaml("Pulumi.prod.yaml", "config:\n  sightline:a: 1\n sightline:b: 2\n"),
      refused({
        path: "Pulumi.prod.yaml",
        reason: "not YAML: All mapping items must start at the same column at line 3, column 1",
        remedy: "mend that line; Pulumi.dev.yaml and Pulumi.prod.yaml have examples",
      }),
    );
  });
});
