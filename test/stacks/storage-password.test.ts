import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../components/component";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { platformOf } from "../../stacks/platform";
import { label, record, texts, type Recorded } from "../support/recorder";

const storage = {
  kind: "opensearch",
  external: { urls: ["https://search.example.com"], user: "jaeger" },
  retention: "72h",
};
const readers = ["jaeger", "opensearch-cleaner"];

/** What a stack asks of Pulumi's engine for whoever may read the password, and for one who may not. */
function registered(platform: string, password: string): Promise<readonly Recorded[]> {
  const settings = settingsFrom("dev", { storage, platform, storagePassword: password });
  return record(() => {
    const target = platformOf(settings);
    const secrets = { ...describedSecrets, storagePassword: { secret: pulumi.secret(password) } };
    for (const workload of observability(settings, target, secrets)) {
      if ([...readers, "collector"].includes(workload.name)) new Component(workload, target);
    }
  });
}

/** On Kubernetes pods read it from a Secret, and start again with `secretsVersion`. */
for (const [platform, type] of [
  ["docker", "docker:index/container:Container"],
  ["kubernetes", "kubernetes:core/v1:Secret"],
] as const) {
  it(`the password of a storage on ${platform} is a secret in the state, and a new one changes what reads it alone`, async () => {
    const before = await registered(platform, "s3cret-old");
    const after = await registered(platform, "s3cret-new");
    const clear = before.flatMap(({ inputs }) => texts(inputs).clear).filter((text) => text.includes("s3cret"));
    assert.deepEqual(clear, []);
    const changed = before.filter(({ inputs }, i) => JSON.stringify(inputs) !== JSON.stringify(after[i]!.inputs));
    assert.deepEqual(
      changed.map(label),
      readers.map((name) => `${type} ${name}`),
    );
  });
}
