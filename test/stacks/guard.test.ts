import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Workload } from "../../components/core/workload";
import { settingsFrom } from "../../configs/settings-from";
import { settingsOfStack } from "../../configs/stack-file";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { inUpdateOrder } from "../../components/path/update-order";

function described(settings = settingsFrom("dev", { guard: true })) {
  const planner = plannerOf(settings);
  const workloads = observability(settings, planner, describedSecrets);
  const named = (name: string): Workload => workloads.find((workload) => workload.name === name)!;
  const configOf = (name: string) => {
    const [file] = Object.values(named(name).files ?? {});
    return parse(file !== undefined && "content" in file ? file.content : "") as Record<string, never>;
  };
  return { workloads, named, configOf, plan: planner.plan(workloads) };
}

const prod = () => ({
  ...settingsOfStack("prod"),
  guard: true,
  kubernetes: { expose: { "guard/otlp-grpc": { kind: "cluster" }, "guard/otlp-http": { kind: "cluster" } } } as const,
});

describe("a guard before a stack", () => {
  it("is reached from outside in place of the Collector, on the address for OTLP", () => {
    const { named, plan } = described(
      settingsFrom("dev", { guard: true, otlpAddress: "192.0.2.1", otlpTokens: { payments: "token" } }),
    );
    assert.deepEqual(named("guard").ports, {
      "otlp-grpc": { port: 4317, reach: "outside", outside: 4317, asks: true },
      "otlp-http": { port: 4318, reach: "outside", outside: 4318, asks: true },
      metrics: { port: 8890 },
    });
    assert.deepEqual(
      Object.values(named("collector").ports).filter(({ reach }) => reach === "outside"),
      [],
    );
    const published = plan.flatMap(({ inputs }) => (inputs["ports"] ?? []) as { external: number; ip: string }[]);
    assert.deepEqual(
      published.filter(({ ip }) => ip === "192.0.2.1").map(({ external }) => external),
      [4317, 4318],
    );
  });

  it("is updated after the Collector that it sends to", () => {
    const order = inUpdateOrder(described().workloads).map(({ name }) => name);
    assert.ok(order.indexOf("guard") > order.indexOf("collector"));
  });

  it("stands on every node before the agent of that node, and is told what gateways have room for", () => {
    const { named, configOf } = described(prod());
    assert.equal(named("guard").placement, "every-node");
    assert.deepEqual(
      named("guard").connects?.map(({ workload, port, everyNode }) => [workload, port, everyNode]),
      [
        ["agent", "otlp-grpc", "every-node"],
        ["agent", "otlp-http", "every-node"],
      ],
    );
    const { decodedBytes, services } = configOf("guard") as unknown as { decodedBytes: number; services: number };
    assert.deepEqual([decodedBytes, services], [134_217_728, 2_710]);
  });

  it("tells agents the address of the sender, by which they find its pod", () => {
    const { configOf } = described(prod());
    const { processors, receivers, service } = configOf("agent") as unknown as {
      processors: Record<string, unknown>;
      receivers: { otlp: { protocols: Record<string, { include_metadata?: boolean }> } };
      service: { pipelines: Record<string, { processors: string[] }> };
    };
    assert.deepEqual(processors["resource/sender"], {
      attributes: [
        {
          pattern:
            "^(k8s\\.(namespace|pod|node|deployment|replicaset|statefulset|daemonset|cronjob|job)\\.|service\\.namespace$$)",
          action: "delete",
        },
        { key: "k8s.pod.ip", action: "insert", from_context: "metadata.x-sightline-sender" },
      ],
    });
    assert.deepEqual(service.pipelines["traces"]?.processors, [
      "memory_limiter",
      "resource/sender",
      "k8s_attributes",
      "transform/ids",
      "redaction/suspects",
      "transform/redact",
    ]);
    assert.deepEqual(
      Object.values(receivers.otlp.protocols).map(({ include_metadata }) => include_metadata),
      [true, true],
    );
  });

  it("is scraped, and has alerts", () => {
    const { named } = described();
    const files = JSON.stringify(named("prometheus").files);
    assert.match(files, /guard:8890/);
    assert.match(files, /SenderRefused/);
  });
});
