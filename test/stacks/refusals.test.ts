import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { k8sAttributes, nop, otlp, spanMetrics } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { Refusal, sentence } from "../../components/core/problems";
import { jaeger } from "../../components/jaeger/workload";
import { loki } from "../../components/logs/loki/workload";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { badger } from "../../components/storage/backends/badger";
import { label, record } from "../support/recorder";
import { badBudgets } from "./bad-budgets";
import { badBuffers } from "./bad-buffers";
import { badCompositions } from "./bad-compositions";
import { badProdSettings, setProd } from "./bad-prod-settings";
import { badSettings, set } from "./bad-settings";

/** What is refused as a whole; undefined where it is not. */
function refusalOf(plan: () => unknown): Refusal | undefined {
  try {
    plan();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error;
  }
}

const cases = [badSettings, badProdSettings, badBudgets, badBuffers, badCompositions].flatMap((table) =>
  Object.entries(table),
);

describe(`each of ${cases.length} mistakes is refused, in exact words`, () => {
  for (const [what, [plan, ...sentences]] of cases) {
    it(what, () => assert.deepEqual(refusalOf(plan)?.problems.map(sentence), sentences));
  }
});

describe("a refusal", () => {
  it("is one for all mistakes of all settings", () => {
    const wrong = set({ durabilty: "tape", grafana: "no", ports: { loki: 0 }, logsSize: "10", platform: "nomad" });
    assert.equal(
      refusalOf(wrong)?.message,
      [
        'settings of stack "dev": 5 problems, nothing was created',
        "  - durabilty: unknown setting; did you mean durability?",
        '  - platform: must be docker or kubernetes, got "nomad"; see docs/settings.md',
        '  - logsSize: must be a size with its unit, got "10"; write, for example, "10 GiB"',
        '  - grafana: must be true or false, got "no"; see docs/settings.md',
        "  - ports.loki: must be at least 1, got 0; write, for example, a number from 1 to 65535",
      ].join("\n"),
    );
  });

  it("is one for all mistakes of the roles of a stack", () => {
    const wrong = setProd({
      roles: ["agent", "sampler"],
      sampler: { replicas: { min: 3, max: 2, cpuPercent: 70 }, decisionWait: "6m" },
      storage: { kind: "memory" },
      uiAddress: "10.0.0.5",
      uiWithoutAuthentication: true,
    });
    assert.deepEqual(
      refusalOf(wrong)?.problems.map(({ path }) => path),
      [
        "uiAddress",
        "uiWithoutAuthentication",
        "roles",
        "sampler.replicas",
        "sampler.decisionWait",
        "sampler.replicas.min",
        "storage.kind",
      ],
    );
  });

  it("is one for all mistakes of all workloads", () => {
    const collector = otelCollector("collector", {
      pipelines: { traces: { receivers: [otlp()], processors: [k8sAttributes()], exporters: [nop(), spanMetrics()] } },
    });
    const traces = jaeger("jaeger", { storage: badger({ size: "20" as "20 GiB" }), outside: { query: 3100 } });
    const logs = loki("loki", { size: "10 GiB", retention: "7" as "7d", outside: 3100 });
    assert.equal(
      refusalOf(() => dockerPlanner({ name: "dev" }).plan([collector, traces, logs]))?.message,
      [
        'docker host "dev": 5 problems, nothing was created',
        "  - collector.connectors.span_metrics: no pipeline receives from it; add it to the receivers of one",
        "  - collector.access: a Docker host has no Kubernetes API; remove the parts that need it, or run the stack on Kubernetes",
        '  - jaeger.storage.size: not a size, got "20"; write it with its unit, as "20 GiB"',
        '  - loki.retention: not a duration, got "7"; write it with its unit, as "30s"',
        "  - loki.ports.http.outside: jaeger.ports.query is published under the same number, got 3100; give one of them another published port",
      ].join("\n"),
    );
  });
});

const load = createRequire(__filename);

describe("the program of a refused stack", () => {
  /** Runs stacks/index.ts with these settings against an engine that creates nothing. */
  async function ran(settings: Readonly<Record<string, string>>): Promise<{ error: unknown; asked: string[] }> {
    let error: unknown;
    const asked = await record(() => {
      const config = Object.entries(settings).map(([key, value]) => [`sightline:${key}`, value]);
      pulumi.runtime.setAllConfig(Object.fromEntries(config));
      // A program runs when it is loaded: again means anew.
      Reflect.deleteProperty(load.cache, load.resolve("../../stacks"));
      try {
        load("../../stacks");
      } catch (thrown) {
        error = thrown;
      }
    });
    return { error, asked: asked.map(label) };
  }

  after(() => pulumi.runtime.setAllConfig({}));

  it("asks for nothing where a setting is wrong", async () => {
    const { error, asked } = await ran({ durability: "tape" });
    assert.ok(error instanceof pulumi.RunError);
    assert.match(error.message, /^settings of stack "test": 1 problem, nothing was created\n {2}- durability: must be/);
    assert.deepEqual(asked, []);
  });

  it("asks the engine for nothing where workloads do not fit together", async () => {
    const { error, asked } = await ran({ ports: JSON.stringify({ jaeger: 3000 }) });
    assert.ok(error instanceof pulumi.RunError);
    assert.match(error.message, /^docker host "sightline-test": 1 problem, nothing was created\n {2}- grafana\.ports/);
    assert.deepEqual(
      asked.filter((resource) => /docker|sightline/.test(resource)),
      [],
    );
  });

  it("asks for nothing where a stack on Kubernetes does not fit together", async () => {
    const { error, asked } = await ran({
      platform: "kubernetes",
      kubernetes: JSON.stringify({ expose: { "jaeger/ui": { kind: "cluster" } } }),
    });
    assert.ok(error instanceof pulumi.RunError);
    assert.match(
      error.message,
      /^kubernetes stack "sightline-test": 1 problem, nothing was created\n {2}- expose\.jaeger/,
    );
    assert.deepEqual(
      asked.filter((resource) => /kubernetes|sightline/.test(resource)),
      [],
    );
  });

  it("asks for the roles of a stack on Kubernetes where nothing is wrong with them", async () => {
    const { error, asked } = await ran({
      platform: "kubernetes",
      roles: JSON.stringify(["agent", "gateway", "sampler"]),
      tailSampling: JSON.stringify({ errors: true }),
    });
    assert.equal(error, undefined);
    const controllers = asked.filter((resource) => /^kubernetes:apps/.test(resource));
    assert.deepEqual(controllers.map((resource) => resource.split(" ")[1]).sort(), [
      "agent",
      "gateway",
      "grafana",
      "jaeger",
      "node-reader",
      "prometheus",
      "sampler",
      "victorialogs",
    ]);
  });

  it("asks for resources where nothing is wrong, so that the two above mean something", async () => {
    const { error, asked } = await ran({});
    assert.equal(error, undefined);
    assert.ok(asked.includes("docker:index/container:Container jaeger"), asked.join());
  });
});
