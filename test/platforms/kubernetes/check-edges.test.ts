import assert from "node:assert/strict";
import { Refusal, sentence } from "../../../components/core/problems";
import { connectsTo, type Endpoint } from "../../../components/core/platform";
import type { Workload } from "../../../components/core/workload";
import { kubernetesPlanner, type KubernetesOptions } from "../../../components/platforms/kubernetes/plan";
import { agent, sample } from "./sample";

const options: KubernetesOptions = { name: "prod" };

function refused(workloads: readonly Workload[], settings = options): string[] {
  try {
    kubernetesPlanner(settings).plan(workloads);
    return [];
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.problems.map(sentence);
  }
}

describe("kubernetes refuses edges", () => {
  const { locate } = kubernetesPlanner(options);
  const server = { ...agent, connects: [], externals: [] };
  const asker = (endpoint: Endpoint) => sample("asker", connectsTo(endpoint));

  it("to what was located as if it ran elsewhere, whose policies would be in the other namespace", () => {
    assert.deepEqual(refused([server, asker(locate("agent", agent.ports, "every-node")["metrics"]!)]), []);
    assert.deepEqual(refused([server, asker(locate("agent", agent.ports)["metrics"]!)]), [
      'asker.connects: agent has the placement every-node, and was located with replicas, got "agent.metrics"; pass the placement of the workload to locate',
    ]);
    const single: Workload = { ...server, placement: { replicas: 1 } };
    assert.deepEqual(refused([single, asker(locate("agent", agent.ports, "every-node")["metrics"]!)]), [
      'asker.connects: agent has the placement replicas, and was located with every-node, got "agent.metrics"; pass the placement of the workload to locate',
    ]);
  });

  it("to a port of another protocol", () => {
    const ports = { "thrift-compact": { port: 6831 } };
    const endpoint = locate("agent", ports, "every-node")["thrift-compact"];
    assert.deepEqual(refused([server, asker(endpoint)]), [
      'asker.connects: it was located with a protocol that differs from that of agent, got "agent.thrift-compact"; pass the ports of the workload to locate',
    ]);
  });
});

describe("kubernetes refuses objects", () => {
  const port = { port: 1, reach: "outside", asks: true } as const;
  const remedy = "rename one of the workloads or ports";

  it("whose names come out the same", () => {
    const jaeger = sample("jaeger", { ports: { "query-grpc": port } });
    const query = sample("jaeger-query", { ports: { grpc: { ...port, port: 2 } } });
    const grafana = sample("grafana", {
      connects: [
        { workload: "jaeger", port: "query-grpc", number: 1 },
        { workload: "jaeger-query", port: "grpc", number: 2 },
      ],
    });
    assert.deepEqual(refused([jaeger, query, grafana]), [
      `grafana.name: two workloads would create NetworkPolicy prod/grafana-to-jaeger-query-grpc; ${remedy}`,
    ]);
  });

  it("of a load balancer that is called as a workload", () => {
    const expose: KubernetesOptions["expose"] = { "jaeger/query": { kind: "load-balancer", tls: { by: "the cloud" } } };
    const [jaeger, query] = [sample("jaeger", { ports: { query: port } }), sample("jaeger-query", { ports: { port } })];
    assert.deepEqual(refused([jaeger, query]), []);
    assert.deepEqual(refused([jaeger, query], { ...options, expose }), [
      `jaeger-query.name: two workloads would create Service prod/jaeger-query; ${remedy}`,
    ]);
  });
});
