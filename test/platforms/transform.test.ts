import assert from "node:assert/strict";
import { Refusal, sentence } from "../../components/core/problems";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import type { DockerTransform } from "../../components/platforms/docker/transform";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import type { ManifestTransform } from "../../components/platforms/kubernetes/transform";
import { agent } from "../support/platform-contract";

const refused = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(sentence);
    throw error;
  }
  return [];
};
const manifests = (transform?: ManifestTransform) =>
  kubernetesPlanner({ name: "prod", ...(transform && { transform }) }).plan([agent]);
const objects = (transform?: DockerTransform) =>
  dockerPlanner({ name: "dev", ...(transform && { transform }) }).plan([agent]);

describe("transform, the way to what no option says", () => {
  it("changes the manifests it is meant for, those of the stack as a whole among them, and no other", () => {
    const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/traces" };
    const changed = manifests((manifest) =>
      manifest.kind === "ServiceAccount" || manifest.kind === "Namespace"
        ? { ...manifest, metadata: { ...manifest.metadata, annotations: role } }
        : manifest,
    );
    const before = manifests();
    const differs = changed.filter((object, i) => JSON.stringify(object) !== JSON.stringify(before[i]));
    assert.deepEqual(
      differs.map(({ name, inputs }) => [name, (inputs["metadata"] as { annotations: unknown }).annotations]),
      [
        ["prod", role],
        ["prod-agents", role],
        ["prod-nodes", role],
        ["agent", role],
      ],
    );
  });

  it("changes objects of a Docker engine", () => {
    const changed = objects((object) =>
      object.type === "docker:index/container:Container"
        ? { ...object, inputs: { ...object.inputs, logDriver: "journald" } }
        : object,
    );
    assert.deepEqual(
      changed.filter(({ inputs }) => inputs["logDriver"] === "journald").map(({ name }) => name),
      ["agent-files", "agent"],
    );
  });

  it("is refused where it makes another object of one, which others would not find", () => {
    assert.deepEqual(
      refused(() =>
        manifests((manifest) =>
          manifest.kind === "Service" ? { ...manifest, metadata: { ...manifest.metadata, name: "mine" } } : manifest,
        ),
      ),
      ["agent", "agent-peers"].map(
        (name) =>
          `transform: makes another object of v1 Service prod/${name}, got "v1 Service prod/mine"; return the manifest with the apiVersion, kind, name and namespace that it came with`,
      ),
    );
    assert.deepEqual(refused(() => objects((object) => ({ ...object, name: `my-${object.name}` }))).slice(0, 1), [
      'transform: makes another object of docker:index/network:Network dev, got "docker:index/network:Network my-dev"; return the object with the type and name that it came with',
    ]);
  });
});
