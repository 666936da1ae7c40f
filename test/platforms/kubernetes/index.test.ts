import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../../components/component";
import { Refusal } from "../../../components/core/problems";
import type { Workload } from "../../../components/core/workload";
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

  describe("and a provider", () => {
    class Provider extends pulumi.ProviderResource {}
    class Parent extends pulumi.ComponentResource {}
    const eks = () => new Provider("kubernetes", "eks", {});

    /** Providers by which objects of the cluster are registered, and those there are. */
    const used = async (program: () => void) => {
      const seen = await record(program);
      const objects = seen.filter(({ type }) => type.startsWith("kubernetes:"));
      return {
        count: objects.length,
        by: [...new Set(objects.map(({ provider }) => provider?.split("::").at(-1)))],
        made: seen.filter(({ type }) => type === "pulumi:providers:kubernetes").map(({ name }) => name),
      };
    };
    const platform = () => kubernetes({ name: "prod" });
    const ambient = () => kubernetes({ name: "prod", currentContext: true });

    it("given to a component, its parent or the platform is that of every object, and no other is made", async () => {
      const { count } = await used(() => new Component(agent, ambient()));
      const programs = {
        provider: () => new Component(agent, platform(), { provider: eks() }),
        providers: () => new Component(agent, platform(), { providers: { kubernetes: eks() } }),
        parent: () => new Component(agent, platform(), { parent: new Parent("t:t:T", "p", {}, { provider: eks() }) }),
        platform: () => new Component(agent, kubernetes({ name: "prod", provider: eks() })),
      };
      for (const [how, program] of Object.entries(programs)) {
        assert.deepEqual(await used(program), { count, by: ["eks-id"], made: ["eks"] }, how);
      }
    });

    it("of a component goes before that of the platform", async () => {
      const west = () => new Provider("kubernetes", "west", {});
      const { by } = await used(
        () => new Component(agent, kubernetes({ name: "prod", provider: eks() }), { provider: west() }),
      );
      assert.deepEqual(by, ["west-id"]);
    });

    it("of another package changes nothing", async () => {
      const { by } = await used(
        () => new Component(agent, ambient(), { provider: new Provider("docker", "edge", {}) }),
      );
      assert.deepEqual(by, ["prod-id"]);
    });

    const refused = (program: () => void) => {
      let message = "";
      return record(() => {
        try {
          program();
        } catch (error) {
          if (!(error instanceof pulumi.InputPropertiesError)) throw error;
          ({ message } = error);
        }
      }).then((seen) => ({ message, objects: seen.filter(({ type }) => type.startsWith("kubernetes:")).length }));
    };

    it("is refused beside kubeconfig or context", async () => {
      const options = { name: "prod", kubeconfig, context: "blue" };
      const { message, objects } = await refused(() => new Component(agent, kubernetes(options), { provider: eks() }));
      assert.match(message, /provider: given together with kubeconfig and context, which it replaces; remove one/);
      assert.equal(objects, 0);
    });

    it("is refused where components of one platform have another one, or none", async () => {
      for (const other of [{}, { provider: 1 }]) {
        const { message } = await refused(() => {
          const shared = platform();
          new Component(agent, shared, { provider: eks() });
          new Component(bare, shared, "provider" in other ? { provider: new Provider("kubernetes", "west", {}) } : {});
        });
        assert.match(message, /provider: differs from the provider of earlier components/);
      }
    });
  });

  it("asks the cluster that kubectl asks where it is told to", async () => {
    const seen = await record(() => new Component(agent, kubernetes({ name: "prod", currentContext: true })));
    assert.deepEqual(seen.find(({ type }) => type === "pulumi:providers:kubernetes")?.inputs, {});
  });

  it("registers nothing where nobody names the cluster", async () => {
    const seen = await record(() => {
      assert.throws(
        () => new Component(agent, kubernetes({ name: "prod" })),
        /provider: no provider, kubeconfig or context names a cluster, .*; give one of them, or set currentContext: true/,
      );
    });
    assert.deepEqual(
      seen.filter(({ type }) => !type.startsWith("sightline:")),
      [],
    );
  });

  it("asks namespaces that others made for nothing before it has a workload there", async () => {
    const options = { name: "prod", createNamespaces: false } as const;
    const inNamespaces = (objects: readonly { inputs: Readonly<Record<string, unknown>> }[]) => [
      ...new Set(objects.flatMap(({ inputs }) => (inputs["metadata"] as { namespace?: string })?.namespace ?? [])),
    ];
    const onNodes: Workload = { ...bare, name: "nodes", placement: "every-node" };
    const programs = { prod: [bare], "prod-agents": [onNodes], "prod,prod-agents": [bare, onNodes] };
    for (const [expected, workloads] of Object.entries(programs)) {
      const platform = kubernetes({ ...options, currentContext: true });
      const planned = platform.plan(workloads);
      const seen = await record(() => workloads.forEach((workload) => new Component(workload, platform)));
      const registered = seen.filter(({ type }) => type.startsWith("kubernetes:"));
      assert.equal(inNamespaces(planned).sort().join(), expected);
      assert.deepEqual(registered.map(({ name }) => name).sort(), planned.map(({ name }) => name).sort());
    }
  });

  it("keeps the content of a kubeconfig secret", async () => {
    const content = "apiVersion: v1\nkind: Config\n";
    const seen = await record(() => new Component(agent, kubernetes({ name: "prod", kubeconfig: content })));
    const provider = seen.find(({ type }) => type === "pulumi:providers:kubernetes");
    assert.deepEqual(texts(provider?.inputs).secret.slice(1), [content]);
  });

  it("registers namespaces and their policies once", async () => {
    const seen = await record(() => {
      const platform = kubernetes({ name: "prod", currentContext: true });
      new Component(agent, platform);
      new Component(bare, platform);
    });
    assert.deepEqual(
      seen.filter(({ type }) => type.endsWith(":Namespace")).map(({ name }) => name),
      ["prod", "prod-agents", "prod-nodes"],
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
      const platform = kubernetes({ name: "prod", currentContext: true });
      new Component(agent, platform);
      assert.throws(() => new Component({ ...bare, name: "agent-peers" }, platform), pulumi.InputPropertiesError);
    });
  });
});
