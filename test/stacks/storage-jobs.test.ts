import assert from "node:assert/strict";
import { usedImages } from "../../cli/images";
import type { Manifest } from "../../components/platforms/kubernetes/objects";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";

const settingsOf = (storage: object, rest: object = {}) =>
  settingsFrom("jobs", { storage, storagePassword: "s3cret", ...rest });
const opensearch = {
  kind: "opensearch",
  external: { urls: ["https://search.example.com"], user: "jaeger" },
  retention: "72h",
  rotation: "aliases",
};
const planned = (rest: object = {}) => {
  const settings = settingsOf(opensearch, rest);
  const planner = plannerOf(settings);
  const workloads = observability(settings, planner, describedSecrets);
  return { workloads, objects: planner.plan(workloads), settings };
};
const names = ["opensearch-rollover", "opensearch-lookback", "opensearch-cleaner"];

describe("a stack whose storage has to be kept", () => {
  it("runs the jobs beside Jaeger, and what makes the aliases before it", () => {
    const { workloads } = planned();
    assert.deepEqual(
      workloads.filter(({ repeat }) => repeat !== undefined).map(({ name }) => name),
      names,
    );
    const jaeger = workloads.find(({ name }) => name === "jaeger")!;
    assert.deepEqual(
      jaeger.first!.map(({ name, env }) => [name, env]),
      [["rollover-init", { ES_USERNAME: "jaeger", ES_PASSWORD: describedSecrets.storagePassword }]],
    );
  });

  it("takes the programs that settings name", () => {
    const image = { repository: "registry.example.com/rollover", tag: "2.19.0", version: "2.19.0" };
    const { workloads } = planned({ images: { esRollover: image } });
    const running = workloads.flatMap(({ image, first = [] }) => [image, ...first.map((step) => step.image)]);
    assert.equal(running.filter(({ repository }) => repository === image.repository).length, 3);
  });

  it("obtains the images of jobs only where there are any", () => {
    const own = ["collector", "jaeger", "prometheus", "victorialogs", "grafana"];
    assert.deepEqual(usedImages(settingsFrom("dev", {})), own);
    assert.deepEqual(usedImages(settingsFrom("dev", { grafana: false })), own.slice(0, -1));
    assert.deepEqual(usedImages(settingsOf(opensearch)), [...own, "esRollover", "esIndexCleaner"]);
  });

  it("runs them as containers on Docker", () => {
    const containers = planned().objects.filter(({ type }) => type.endsWith(":Container"));
    for (const name of [...names, "jaeger-rollover-init"]) {
      assert.ok(
        containers.some((container) => container.name === name),
        name,
      );
    }
  });

  it("runs them as CronJobs on Kubernetes, which reach the storage and nothing else", () => {
    const manifests = planned({ platform: "kubernetes" }).objects.map(({ inputs }) => inputs as Manifest);
    const called = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
    assert.deepEqual(
      called("CronJob").map(({ metadata }) => metadata.name),
      names,
    );
    for (const name of names) {
      const [policy = assert.fail(name)] = called("NetworkPolicy").filter(
        ({ metadata }) => metadata.name === `${name}-egress`,
      );
      const { egress } = policy["spec"] as { egress: { ports: { port: number }[] }[] };
      assert.deepEqual(
        egress.map(({ ports }) => ports.map(({ port }) => port)),
        [[443], [53, 53]],
      );
    }
  });
});
