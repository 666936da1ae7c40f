import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../../components/component";
import { Refusal } from "../../../components/core/problems";
import { kubernetes } from "../../../components/platforms/kubernetes";
import { agent } from "../../support/platform-contract";
import { record, texts } from "../../support/recorder";
import { bare } from "./manifests";

/** Any file will do: only whether it is there is asked. */
const kubeconfig = __filename;

describe("kubernetes", () => {
  it("gives every resource the cluster it was made for", async () => {
    const seen = await record(() => new Component(agent, kubernetes({ name: "prod", kubeconfig, context: "blue" })));
    const [provider] = seen.filter(({ type }) => type === "pulumi:providers:kubernetes");
    assert.deepEqual(provider?.inputs, { kubeconfig, context: "blue" });
    const others = seen.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.deepEqual(
      [...new Set(others.map((other) => other.provider?.split("::").slice(2).join("::")))],
      ["pulumi:providers:kubernetes::prod::prod-id"],
    );
  });

  it("asks the cluster that kubectl asks, unless told otherwise", async () => {
    const seen = await record(() => new Component(agent, kubernetes({ name: "prod" })));
    assert.deepEqual(seen.find(({ type }) => type === "pulumi:providers:kubernetes")?.inputs, {});
  });

  it("keeps the content of a kubeconfig secret", async () => {
    const content = "apiVersion: v1\nkind: Config\n";
    const seen = await record(() => new Component(agent, kubernetes({ name: "prod", kubeconfig: content })));
    const provider = seen.find(({ type }) => type === "pulumi:providers:kubernetes");
    assert.deepEqual(texts(provider?.inputs).secret.slice(1), [content]);
  });

  it("registers namespaces and their policies once", async () => {
    const seen = await record(() => {
      const platform = kubernetes({ name: "prod" });
      new Component(agent, platform);
      new Component(bare, platform);
    });
    assert.deepEqual(
      seen.filter(({ type }) => type.endsWith(":Namespace")).map(({ name }) => name),
      ["prod", "prod-agents"],
    );
  });

  it("refuses a kubeconfig that is not there, in a plan and before it registers", async () => {
    const platform = kubernetes({ name: "prod", kubeconfig: "/none/such", context: "" });
    assert.throws(
      () => platform.plan([agent]),
      (error) => error instanceof Refusal && error.problems.map(({ path }) => path).join() === "kubeconfig,context",
    );
    const seen = await record(() => assert.throws(() => new Component(agent, platform), pulumi.InputPropertiesError));
    assert.deepEqual(
      seen.filter(({ type }) => !type.startsWith("sightline:")),
      [],
    );
  });

  it("refuses a workload that clashes with one it runs already", async () => {
    await record(() => {
      const platform = kubernetes({ name: "prod" });
      new Component(agent, platform);
      assert.throws(() => new Component({ ...bare, name: "agent-peers" }, platform), pulumi.InputPropertiesError);
    });
  });
});
