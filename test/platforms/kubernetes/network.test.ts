import assert from "node:assert/strict";
import type { Workload } from "../../../components/core/workload";
import { policiesOf, sharedPolicies } from "../../../components/platforms/kubernetes/network";
import type { Manifest } from "../../../components/platforms/kubernetes/objects";
import type { KubernetesOptions } from "../../../components/platforms/kubernetes/options";
import { reachability, type AnyManifest } from "../../support/reachability";
import { agent, gateway, grafana, podsOf, prometheus, workloads } from "./sample";

const options: KubernetesOptions = {
  name: "prod",
  expose: {
    "agent/otlp-grpc": { kind: "cluster" },
    "grafana/http": {
      kind: "ingress",
      host: "grafana.example.com",
      tls: "grafana-tls",
      authentication: { kind: "own" },
      from: { "kubernetes.io/metadata.name": "ingress-nginx" },
    },
  },
};

const specsOf = (workload: Workload, settings = options) =>
  Object.fromEntries(policiesOf(settings, workload).map(({ name, inputs }) => [name, inputs["spec"]]));

const namespaces = (names: string) => ({ matchLabels: { "kubernetes.io/metadata.name": names } });
const labels = (workload: string) => ({
  matchLabels: { "app.kubernetes.io/name": workload, "app.kubernetes.io/part-of": "prod" },
});
const tcp = (port: number) => ({ protocol: "TCP", port });
const dns = { ports: [{ protocol: "UDP", port: 53 }, tcp(53)] };

describe("network policies", () => {
  it("deny everything in all namespaces of a stack", () => {
    assert.deepEqual(
      sharedPolicies(options).map(({ type, name, inputs }) => ({ type, name, inputs })),
      ["prod", "prod-agents", "prod-nodes"].map((namespace) => ({
        type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name: `${namespace}-default-deny`,
        inputs: {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: {
            name: "prod-default-deny",
            namespace,
            labels: { "app.kubernetes.io/managed-by": "sightline", "app.kubernetes.io/part-of": "prod" },
          },
          spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
        },
      })),
    );
  });

  it("deny nothing to other pods of a namespace that was there before", () => {
    assert.deepEqual(
      sharedPolicies({ ...options, createNamespaces: false }).map(({ inputs }) => inputs["spec"]),
      Array(3).fill({
        podSelector: { matchLabels: { "app.kubernetes.io/part-of": "prod" } },
        policyTypes: ["Ingress", "Egress"],
      }),
    );
  });

  it("let a client in where its server lives, once for each port it declares", () => {
    const policies = policiesOf(options, prometheus).filter(({ name }) => name.includes("-to-"));
    assert.deepEqual(
      policies.map(({ inputs: { metadata } }) => [metadata.namespace, metadata.name]),
      [
        ["prod", "prometheus-to-gateway-metrics"],
        ["prod-agents", "prometheus-to-agent-metrics"],
        ["prod-agents", "prometheus-to-agent-thrift-compact"],
      ],
    );
    const from = [{ namespaceSelector: namespaces("prod"), podSelector: labels("prometheus") }];
    assert.deepEqual(
      policies.map(({ inputs }) => inputs["spec"]),
      [
        { podSelector: labels("gateway"), policyTypes: ["Ingress"], ingress: [{ from, ports: [tcp(8888)] }] },
        { podSelector: labels("agent"), policyTypes: ["Ingress"], ingress: [{ from, ports: [tcp(8888)] }] },
        {
          podSelector: labels("agent"),
          policyTypes: ["Ingress"],
          ingress: [{ from, ports: [{ protocol: "UDP", port: 6831 }] }],
        },
      ],
    );
  });

  it("let a client out to its neighbours, to addresses outside, to names and to the API server where it has rights", () => {
    assert.deepEqual(specsOf(agent)["agent-egress"], {
      podSelector: labels("agent"),
      policyTypes: ["Egress"],
      egress: [
        { to: [{ namespaceSelector: namespaces("prod"), podSelector: labels("gateway") }], ports: [tcp(4317)] },
        { ports: [tcp(10250)] },
        { to: [{ ipBlock: { cidr: "192.0.2.7/32" } }], ports: [tcp(443)] },
        { to: [{ ipBlock: { cidr: "2001:db8::7/128" } }], ports: [tcp(4317)] },
        { ports: [tcp(443), tcp(6443)] },
        dns,
      ],
    });
    assert.deepEqual(specsOf(grafana)["grafana-egress"], {
      podSelector: labels("grafana"),
      policyTypes: ["Egress"],
      egress: [
        { to: [{ namespaceSelector: namespaces("prod"), podSelector: labels("prometheus") }], ports: [tcp(9090)] },
        dns,
      ],
    });
  });

  it("say nothing for a workload that calls nobody", () => {
    assert.deepEqual(specsOf(gateway), {});
  });

  it("let in whom an exposed port is exposed to, on the number it listens on", () => {
    const exposedTo = (exposure: NonNullable<KubernetesOptions["expose"]>[string]) =>
      (specsOf(grafana, { ...options, expose: { "grafana/http": exposure } })["grafana-http-exposed"] as Manifest)[
        "ingress"
      ];
    assert.deepEqual(specsOf(grafana)["grafana-http-exposed"], {
      podSelector: labels("grafana"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ namespaceSelector: namespaces("ingress-nginx") }], ports: [tcp(3000)] }],
    });
    assert.deepEqual(exposedTo({ kind: "cluster" }), [{ from: [{ namespaceSelector: {} }], ports: [tcp(3000)] }]);
    assert.deepEqual(exposedTo({ kind: "cluster", namespaces: { team: "shop" } }), [
      { from: [{ namespaceSelector: { matchLabels: { team: "shop" } } }], ports: [tcp(3000)] },
    ]);
    assert.deepEqual(exposedTo({ kind: "load-balancer", tls: { by: "the load balancer" } }), [{ ports: [tcp(3000)] }]);
    assert.deepEqual(
      exposedTo({ kind: "load-balancer", tls: { by: "the load balancer" }, sources: ["203.0.113.0/24"] }),
      [{ from: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [tcp(3000)] }],
    );
  });

  it("live in the namespaces that the settings name", () => {
    const elsewhere = { ...options, namespace: "tracing", agentNamespace: "node-agents" };
    assert.deepEqual(
      [...sharedPolicies(elsewhere), ...policiesOf(elsewhere, prometheus), ...policiesOf(elsewhere, agent)].map(
        ({ inputs: { metadata } }) => `${metadata.namespace}/${metadata.name}`,
      ),
      [
        "tracing/prod-default-deny",
        "node-agents/prod-default-deny",
        "tracing-nodes/prod-default-deny",
        "tracing/prometheus-to-gateway-metrics",
        "node-agents/prometheus-to-agent-metrics",
        "node-agents/prometheus-to-agent-thrift-compact",
        "tracing/prometheus-egress",
        "tracing/agent-to-gateway-otlp-grpc",
        "node-agents/agent-egress",
        "node-agents/agent-otlp-grpc-exposed",
      ],
    );
  });
});

describe("reachability under the policies of a stack", () => {
  const stranger = { kind: "Pod", metadata: { name: "app", namespace: "shop" }, spec: { containers: [{}] } };
  const manifests: AnyManifest[] = [
    stranger,
    ...workloads.map((workload) => podsOf(options, workload)),
    ...sharedPolicies(options).map(({ inputs }) => inputs),
    ...workloads.flatMap((workload) => policiesOf(options, workload)).map(({ inputs }) => inputs),
  ];
  // Pods of the stack are among those that the agent is exposed to, but nothing lets them out to it.
  const declared = [
    "prod-agents/agent > prod/gateway:4317/TCP",
    "prod/grafana > prod/prometheus:9090/TCP",
    "prod/prometheus > prod-agents/agent:6831/UDP",
    "prod/prometheus > prod-agents/agent:8888/TCP",
    "prod/prometheus > prod/gateway:8888/TCP",
    "shop/app > prod-agents/agent:4317/TCP",
  ];

  it("is what is declared, with nothing missing and nothing beside it", () => {
    assert.deepEqual(reachability(manifests).edges, declared);
  });

  it("loses an edge with either of its two policies", () => {
    const without = (name: string) => reachability(manifests.filter(({ metadata }) => metadata.name !== name)).edges;
    const less = (client: string) => declared.filter((edge) => !edge.startsWith(client));
    assert.deepEqual(without("grafana-to-prometheus-http"), less("prod/grafana"));
    assert.deepEqual(without("grafana-egress"), less("prod/grafana"));
    assert.deepEqual(without("agent-otlp-grpc-exposed"), less("shop/app"));
  });

  it("gains edges with a policy that is wider than it should be", () => {
    const gained = (name: string, spec: object) =>
      reachability(
        manifests.map((manifest) =>
          manifest.metadata.name === name
            ? { ...manifest, spec: { ...(manifest["spec"] as object), ...spec } }
            : manifest,
        ),
      ).edges.filter((edge) => !declared.includes(edge));
    assert.deepEqual(gained("prometheus-to-gateway-metrics", { ingress: [{ ports: [tcp(8888)] }] }), [
      "shop/app > prod/gateway:8888/TCP",
    ]);
    assert.deepEqual(gained("grafana-to-prometheus-http", { podSelector: {}, ingress: [{}] }), [
      "shop/app > prod/gateway:13133/TCP",
      "shop/app > prod/gateway:4317/TCP",
      "shop/app > prod/gateway:8888/TCP",
      "shop/app > prod/grafana:3000/TCP",
      "shop/app > prod/prometheus:9090/TCP",
    ]);
    assert.deepEqual(gained("prometheus-egress", { egress: [{}] }), ["prod/prometheus > prod-agents/agent:4317/TCP"]);
  });

  it("is wider without the policies that deny", () => {
    const edges = reachability(manifests.filter(({ metadata }) => metadata.name !== "prod-default-deny")).edges;
    assert.ok(edges.includes("prod/gateway > prod-agents/agent:4317/TCP"));
  });
});
