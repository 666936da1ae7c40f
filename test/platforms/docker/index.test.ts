import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../../components/component";
import { dockerHost } from "../../../components/platforms/docker";
import { agent } from "../../support/platform-contract";
import { record } from "../../support/recorder";

describe("docker host", () => {
  it("gives every resource the engine it was made for", async () => {
    const seen = await record(() => new Component(agent, dockerHost({ name: "dev", host: "ssh://root@edge-1" })));
    const [provider] = seen.filter(({ type }) => type === "pulumi:providers:docker");
    assert.deepEqual(provider?.inputs, { host: "ssh://root@edge-1" });
    const others = seen.filter(({ type }) => type.startsWith("docker:"));
    assert.deepEqual(
      [...new Set(others.map((other) => other.provider?.split("::").slice(2).join("::")))],
      ["pulumi:providers:docker::dev::dev-id"],
    );
  });

  it("fills in what is known once other resources exist", async () => {
    const seen = await record(() => new Component(agent, dockerHost({ name: "dev" })));
    const container = seen.find(({ type, name }) => type.endsWith("Container") && name === "agent");
    const { image, networksAdvanced, labels } = container?.inputs as {
      image: string;
      networksAdvanced: unknown;
      labels: { label: string; value: string }[];
    };
    assert.equal(image, "sha256:0");
    assert.deepEqual(networksAdvanced, [{ name: "dev", aliases: ["agent"] }]);
    assert.deepEqual(labels.at(-1), { label: "dev.sightline.files", value: "agent-files-id" });
  });

  it("refuses a workload that clashes with one it runs already", async () => {
    await record(() => {
      const platform = dockerHost({ name: "dev" });
      new Component(agent, platform);
      assert.throws(() => new Component({ ...agent, name: "other" }, platform), pulumi.InputPropertiesError);
    });
  });
});
