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
        remedy: "fix that line; see Pulumi.dev.yaml and Pulumi.prod.yaml for examples",
      }),
    );
  });

  it("is refused with a secret that everybody can read, and taken with one that is encrypted", () => {
    const remedy = (key: string) =>
      `remove it from the file and run \`npm run sightline -- pulumi -s dev config set --secret ${key === "otlpTokens" ? "--path otlpTokens.<name>" : key}\``;
    assert.throws(
      () => settingsOfStack("dev", { "sightline:otlpTokens": { payments: "t" }, "sightline:bufferPassword": "p" }),
      (error) => {
        assert.ok(error instanceof Refusal);
        assert.deepEqual(
          error.problems,
          ["otlpTokens", "bufferPassword"].map((path) => ({
            path,
            reason: "a secret in plain text",
            remedy: remedy(path),
          })),
        );
        return true;
      },
    );
    const { otlpTokens } = settingsOfStack("dev", { "sightline:otlpTokens": { payments: { secure: "v1:abc" } } });
    assert.deepEqual(otlpTokens, { payments: "<secret sightline:otlpTokens.payments>" });
  });
});
