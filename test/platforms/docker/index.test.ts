import assert from "node:assert/strict";
import * as docker from "@pulumi/docker";
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

  it("is that of a provider given to a component or to the platform, and makes none then", async () => {
    const edge = () => new docker.Provider("edge", { host: "ssh://root@edge-2" });
    for (const program of [
      () => new Component(agent, dockerHost({ name: "dev" }), { provider: edge() }),
      () => new Component(agent, dockerHost({ name: "dev", provider: edge() })),
    ]) {
      const seen = await record(program);
      const others = seen.filter(({ type }) => type.startsWith("docker:"));
      assert.deepEqual([...new Set(others.map(({ provider }) => provider?.split("::").at(-1)))], ["edge-id"]);
      assert.deepEqual(
        seen.filter(({ type }) => type === "pulumi:providers:docker").map(({ name }) => name),
        ["edge"],
      );
    }
    await record(() => {
      const both = dockerHost({ name: "dev", host: "ssh://root@edge-1", provider: edge() });
      assert.throws(() => new Component(agent, both), /provider: given together with host/);
    });
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
