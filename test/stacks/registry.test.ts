import assert from "node:assert/strict";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";

const registry = "registry.example.com:5000/mirror";

const prod = { platform: "kubernetes", roles: ["agent", "gateway", "sampler"], tailSampling: { errors: true } };

/** Repositories of all images that a stack runs, those of first steps included. */
function repositories(raw: Record<string, unknown>): string[] {
  const settings = settingsFrom("prod", { ...prod, ...raw });
  const workloads = observability(settings, plannerOf(settings), describedSecrets);
  const images = workloads.flatMap(({ image, first = [] }) => [image, ...first.map((step) => step.image)]);
  return [...new Set(images.map(({ repository }) => repository))].sort();
}

describe("a stack with a registry of its own", () => {
  const managed = {
    storage: { kind: "opensearch", managed: { nodes: 3, size: "100 GiB" }, retention: "7d", rotation: "aliases" },
    buffer: { managed: { nodes: 3, size: "50 GiB" } },
  };

  it("has every image from there", () => {
    const official = repositories(managed);
    assert.ok(official.length >= 8, official.join());
    assert.deepEqual(
      repositories({ ...managed, registry }),
      official.map((repository) => `${registry}/${repository}`),
    );
  });

  it("leaves an image that has a repository of its own where it is", () => {
    const collector = { repository: "quay.io/us/collector" };
    const mine = repositories({ registry, images: { collector } });
    assert.deepEqual(
      mine.filter((repository) => !repository.startsWith(registry)),
      ["quay.io/us/collector"],
    );
  });
});
