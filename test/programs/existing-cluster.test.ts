import assert from "node:assert/strict";
import { texts, type Recorded } from "../support/recorder";
import { named, refused, run } from "./run";

interface Metadata {
  readonly namespace?: string;
  readonly annotations?: unknown;
}

interface Pod {
  readonly template: {
    readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly [{ readonly image: string }] };
  };
}

describe("a program for a cluster that is there already (b)", () => {
  let seen: readonly Recorded[];
  before(async () => {
    seen = await run("b-existing-cluster", { kubeconfig: "apiVersion: v1\nkind: Config\n", vendorToken: "t0ken" });
  });

  it("registers every object with the provider that it is given, and makes no other one", () => {
    const objects = seen.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.equal(objects.length, 21);
    assert.deepEqual(
      [...new Set(objects.map(({ provider }) => provider?.split("::").slice(2).join("::")))],
      ["pulumi:providers:kubernetes::eks::eks-id"],
    );
    assert.deepEqual([...named(seen, "kubernetes").keys()], ["eks"]);
  });

  it("makes no namespace, and nothing in one that it does not use", () => {
    assert.equal(named(seen, "Namespace").size, 0);
    const namespaces = seen.flatMap(({ inputs }) => (inputs["metadata"] as Metadata)?.namespace ?? []);
    assert.deepEqual([...new Set(namespaces)].sort(), ["observability", "observability-agents"]);
  });

  it("places gateways and takes images from a mirror, and its transform reaches what no option says", () => {
    const { template } = named(seen, "Deployment").get("gateway")!.inputs["spec"] as Pod;
    const { nodeSelector, tolerations, imagePullSecrets, priorityClassName, containers } = template.spec;
    assert.deepEqual(
      { nodeSelector, tolerations, imagePullSecrets, priorityClassName },
      {
        nodeSelector: { pool: "observability", "kubernetes.io/os": "linux" },
        tolerations: [{ key: "dedicated", value: "observability", effect: "NoSchedule" }],
        imagePullSecrets: [{ name: "mirror" }],
        priorityClassName: "observability",
      },
    );
    assert.match(containers[0].image, /^registry\.example\.com\/mirror\/otel\/opentelemetry-collector-contrib:/);
    const accounts = [...named(seen, "ServiceAccount").values()];
    assert.deepEqual(
      accounts.map(({ name, inputs }) => [name, (inputs["metadata"] as Metadata).annotations]),
      [
        ["agent", undefined],
        ["gateway", { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/traces" }],
      ],
    );
  });

  it("keeps the vendor's token a secret", () => {
    const { clear, secret } = texts(seen.map(({ inputs }) => inputs));
    assert.deepEqual([clear.includes("t0ken"), secret.includes("t0ken")], [false, true]);
  });

  it("registers nothing where nobody names a cluster", async () => {
    const registered = await refused("b-no-cluster", /no provider, kubeconfig or context names a cluster/);
    assert.deepEqual(
      registered.map(({ type }) => type),
      ["sightline:collector:OtelCollector"],
    );
  });
});
