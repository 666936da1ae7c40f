import assert from "node:assert/strict";
import { Refusal, type Problem } from "../../components/core/problems";
import { parseYaml, readStackFile, settingsOfStack } from "../../configs/stack-file";

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
        remedy: "use dev, prod or trial, or copy Pulumi.dev.yaml or Pulumi.prod.yaml to that name",
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

  it("is refused with a secret that everybody can read, and taken with one that is encrypted", () => {
    const remedy = (key: string) =>
      `take it out of the file, and \`npm run sightline -- pulumi -s dev config set --secret ${key}\``;
    assert.throws(
      () => settingsOfStack("dev", { "sightline:otlpToken": "t", "sightline:bufferPassword": "p" }),
      (error) => {
        assert.ok(error instanceof Refusal);
        assert.deepEqual(
          error.problems,
          ["otlpToken", "bufferPassword"].map((path) => ({ path, reason: "a secret in clear", remedy: remedy(path) })),
        );
        return true;
      },
    );
    const { otlpToken } = settingsOfStack("dev", { "sightline:otlpToken": { secure: "v1:abc" } });
    assert.equal(otlpToken, "<secret sightline:otlpToken>");
  });
});
