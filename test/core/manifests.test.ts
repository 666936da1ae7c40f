import assert from "node:assert/strict";
import { parseAllDocuments, type Document } from "yaml";
import { objectsIn, typeToken, yamlProblems } from "../../components/core/manifests";

describe("objects of Kubernetes in a document", () => {
  it("are found in lists too, each with its place", () => {
    const [pod, map] = [{ kind: "Pod" }, { kind: "ConfigMap" }];
    const list = { kind: "List", items: [pod, { kind: "ConfigMapList", items: [map] }, 7] };
    assert.deepEqual(objectsIn(list), [
      { fields: pod, path: ["items", 0] },
      { fields: map, path: ["items", 1, "items", 0] },
    ]);
    assert.deepEqual(objectsIn(pod), [{ fields: pod, path: [] }]);
    assert.deepEqual([objectsIn({ services: {} }), objectsIn(null)], [[], []]);
  });

  it("have the type tokens of Pulumi", () => {
    assert.equal(typeToken({ apiVersion: "v1", kind: "Pod" }), "kubernetes:core/v1:Pod");
    assert.equal(typeToken({ apiVersion: "apps/v1", kind: "Deployment" }), "kubernetes:apps/v1:Deployment");
  });

  it("are refused where the text is not YAML, or a template", () => {
    const reasons = (text: string) =>
      yamlProblems("a.yaml", parseAllDocuments(text) as Document[]).map(({ path, reason }) => `${path}: ${reason}`);
    assert.deepEqual(reasons("kind: Pod\n"), []);
    assert.deepEqual(reasons("name: {{ .Release.Name }}\n"), ["a.yaml: not YAML: braces of a template"]);
    assert.match(reasons("a: [\n")[0]!, /^a\.yaml: not YAML: /);
  });
});
