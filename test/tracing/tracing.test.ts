import assert from "node:assert/strict";
import { parse } from "yaml";
import { external } from "../../components/core/platform";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import { memory } from "../../components/storage/backends/memory";
import { tracing, type TracingOptions } from "../../components/tracing";
import { settingsFrom } from "../../configs/settings-from";

const at = kubernetesPlanner({ name: "shop" });
const around = {
  storage: memory(),
  jaeger: external("jaeger:4317"),
  prometheus: external("prometheus:9090"),
  logs: { kind: "victorialogs", at: external("victorialogs:9428") },
} as const;
const chain = (options: Partial<TracingOptions> = {}) => tracing({ ...around, ...options }, at);

const configOf = (workload: ReturnType<typeof chain>[number]) => {
  const [file] = Object.values(workload.files ?? {});
  return parse(file !== undefined && "content" in file ? file.content : "") as Record<
    "exporters" | "receivers",
    Record<string, { endpoint?: string; resolver?: object; protocols?: { grpc: Record<string, unknown> } }>
  >;
};

describe("tracing", () => {
  it("is one Collector unless more roles are named, with defaults of its own", () => {
    const [collector, ...others] = chain();
    assert.deepEqual(others, []);
    assert.deepEqual([collector?.name, collector?.memory, collector?.problems], ["collector", "512 MiB", []]);
    assert.deepEqual(Object.keys(configOf(collector!).exporters), [
      "otlp_grpc/jaeger",
      "otlp_http/prometheus",
      "otlp_http/victorialogs",
    ]);
  });

  it("joins the Collectors of a chain: each takes as much as the one before it sends", () => {
    const collectors = chain({ roles: ["agent", "gateway", "sampler"], tailSampling: { errors: true } });
    assert.deepEqual(
      collectors.map(({ name, placement, drain }) => [name, placement, drain]),
      [
        ["agent", "every-node", undefined],
        ["gateway", { replicas: 2 }, "15s"],
        ["sampler", { replicas: 2 }, "71s"],
        ["node-reader", "reads-every-node", undefined],
      ],
    );
    assert.deepEqual(
      collectors.map((one) => configOf(one).receivers["otlp"]?.protocols?.grpc["max_recv_msg_size_mib"]),
      [8, 9, 10, undefined],
    );
    const [agent, gateway, sampler] = collectors.map((one) => configOf(one).exporters);
    assert.equal(agent!["otlp_grpc/gateway"]?.endpoint, "gateway.shop.svc.cluster.local:4317");
    assert.ok(JSON.stringify(gateway!["load_balancing/sampler"]?.resolver).includes("sampler-peers.shop.svc"));
    assert.equal(sampler!["otlp_grpc/jaeger"]?.endpoint, "jaeger:4317");
  });

  it("takes a part of an option, and keeps the defaults of the rest", () => {
    const [, , sampler] = chain({
      roles: ["agent", "gateway", "sampler"],
      tailSampling: { percent: 10 },
      sampler: { replicas: 3 },
      memory: { agent: "1 GiB" },
    });
    assert.deepEqual([sampler?.placement, sampler?.memory], [{ replicas: 3 }, "2 GiB"]);
  });

  it("marks traces in the last Collector that sees all of them, and spends a budget where whole ones are", () => {
    const chains = [
      ["agent", "collector"],
      ["agent", "gateway", "sampler"],
    ] as const;
    const rolesThat = (roles: (typeof chains)[number], contains: string): string[] =>
      chain({ roles, samplingBudget: { budget: "400 spans/s" } })
        .filter((one) => one.args?.includes(contains) || JSON.stringify(configOf(one)).includes(contains))
        .map(({ name }) => name);
    const gates = `--feature-gates=${["metricstatcountspanssampled", "recordpolicy"].map((gate) => `processor.tailsamplingprocessor.${gate}`).join(",")}`;
    for (const roles of chains) {
      const last = roles.at(-1)!;
      assert.deepEqual(rolesThat(roles, "transform/sampling"), [last === "sampler" ? "gateway" : last]);
      assert.deepEqual(rolesThat(roles, gates), [last]);
      assert.deepEqual(rolesThat(roles, '"name":"slow-8"'), [last]);
    }
  });

  it("divides a budget among its samplers", () => {
    const ratesOf = (replicas: number): string[] =>
      chain({
        roles: ["gateway", "sampler"],
        sampler: { replicas },
        samplingBudget: { budget: "400 spans/s" },
      }).flatMap((one) => JSON.stringify(configOf(one)).match(/"spans_per_second":\d+/g) ?? []);
    const totals = [1, 2, 4].map((n) => ratesOf(n).reduce((sum, rate) => sum + n * Number(rate.split(":")[1]), 0));
    for (const total of totals) assert.ok(total > 320 && total <= 400, String(totals));
  });

  it("says what is wrong with a chain once, in its first Collector", () => {
    const collectors = chain({ roles: ["agent", "sampler"], sampler: { decisionWait: "6m" } });
    assert.deepEqual(
      collectors.map(({ problems = [] }) => problems.map(({ path }) => path)),
      [["roles", "tailSampling"], [], []],
    );
  });

  it("has the defaults that settings have", () => {
    const { roles, memory, durability, queueSize, gateway, sampler } = settingsFrom("dev", {});
    const settings = { roles, memory, durability, queueSize, gateway, sampler };
    assert.deepEqual(JSON.stringify(chain(settings as Partial<TracingOptions>)), JSON.stringify(chain()));
  });
});
