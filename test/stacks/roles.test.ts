import assert from "node:assert/strict";
import { parse } from "yaml";
import { canaryServices } from "../../components/sampling/canary";
import { collectorPorts } from "../../components/collector/workload";
import type { Workload } from "../../components/core/workload";
import { fewestOf, samplerDrain } from "../../components/tracing";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { ownNode } from "../../stacks/tracing";
import { inUpdateOrder } from "../../components/path/update-order";
import { read } from "../support/markdown";

type Raw = Readonly<Record<string, unknown>>;

const prod = {
  platform: "kubernetes",
  roles: ["agent", "gateway", "sampler"],
  tailSampling: { errors: true },
};

function described(raw: Raw = {}): Workload[] {
  const settings = settingsFrom("prod", { ...prod, ...raw });
  const planner = plannerOf(settings);
  const workloads = observability(settings, planner, describedSecrets);
  planner.plan(workloads);
  return workloads;
}

interface Sections {
  readonly receivers: Readonly<Record<string, Raw>>;
  readonly processors: Readonly<Record<string, Raw>>;
  readonly exporters: Readonly<Record<string, Raw>>;
  readonly service: { readonly pipelines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> };
}

function configOf(name: string, raw?: Raw): Sections {
  const file = described(raw).find((workload) => workload.name === name)?.files?.["/etc/otelcol-contrib/config.yaml"];
  assert.ok(file !== undefined && "content" in file, name);
  return parse(file.content) as Sections;
}

/** `receivers → processors → exporters` of each pipeline, without the memory limiter, which is in all of them. */
const pipelinesOf = (name: string, raw?: Raw) =>
  Object.fromEntries(
    Object.entries(configOf(name, raw).service.pipelines).map(([id, { receivers, processors, exporters }]) => {
      assert.equal(processors![0], "memory_limiter", id);
      return [id, [receivers, processors!.slice(1), exporters].map((parts) => parts!.join(" ")).join(" → ")];
    }),
  );

const names = (raw?: Raw) => described(raw).map(({ name }) => name);

describe("roles of a stack", () => {
  it("are the Collectors that settings list, and nothing else changes", () => {
    const memory = { collector: "1 GiB" };
    const others = ["jaeger", "prometheus", "victorialogs", "grafana"];
    assert.deepEqual(names(), ["agent", "gateway", "sampler", "node-reader", ...others]);
    assert.deepEqual(names({ roles: ["agent", "collector"], memory }), [
      "agent",
      "collector",
      "node-reader",
      ...others,
    ]);
    assert.deepEqual(names({ roles: ["gateway", "sampler"] }), ["gateway", "sampler", ...others]);
    assert.deepEqual(names({ roles: ["collector"], memory }), ["collector", ...others]);
  });

  it("let the agent say who sends, and see nothing of its node", () => {
    assert.deepEqual(pipelinesOf("agent"), {
      traces:
        "otlp → resource/sender k8s_attributes transform/ids redaction/suspects transform/redact → otlp_grpc/gateway count/redacted",
      metrics:
        "otlp → resource/sender k8s_attributes filter/fit-points transform/fit-points redaction/suspects transform/redact → otlp_http/prometheus count/redacted",
      "metrics/cut": "count/truncated-lines count/redacted → resource/node → otlp_http/prometheus",
      logs: "otlp → resource/sender k8s_attributes transform/fit-lines redaction/credentials redaction/suspects transform/redact → count/truncated-lines count/redacted otlp_http/victorialogs",
    });
    const [agent] = described();
    assert.deepEqual(
      Object.values(agent?.volumes ?? {}).map(({ kind }) => kind),
      ["persistent"],
    );
  });

  it("let what is beside it measure the node, and read the logs of its containers, while nobody can send to it", () => {
    assert.deepEqual(pipelinesOf("node-reader"), {
      metrics: "host_metrics kubelet_stats → resource/node filter/volumes → otlp_http/prometheus",
      logs: "file_log/containers → k8s_attributes transform/fit-lines redaction/credentials redaction/suspects transform/redact → count/truncated-lines count/redacted otlp_http/victorialogs",
      "metrics/cut": "count/truncated-lines count/redacted → resource/reader resource/node → otlp_http/prometheus",
    });
    const { receivers, exporters } = configOf("node-reader");
    assert.deepEqual(receivers["file_log/containers"]?.["exclude"], [
      "/var/log/pods/sightline-prod-agents_*/*/*.log",
      "/var/log/pods/sightline-prod-nodes_*/*/*.log",
    ]);
    assert.equal(receivers["kubelet_stats"]?.["insecure_skip_verify"], false);
    const storages = Object.values(exporters).flatMap((exporter) => {
      const { storage } = (exporter["sending_queue"] ?? {}) as Raw;
      return storage === undefined ? [] : [storage];
    });
    assert.deepEqual(storages, ["file_storage", "file_storage"]);
    const reader = described().find(({ name }) => name === "node-reader");
    assert.deepEqual(Object.keys(reader?.ports ?? {}).sort(), ["health", "metrics"]);
  });

  it("leave out what is told not to be measured or read, and what would do it where nothing is left", () => {
    const agent = { hostMetrics: true, kubeletMetrics: "off", containerLogs: false };
    assert.deepEqual(pipelinesOf("node-reader", { agent }), {
      metrics: "host_metrics → resource/node → otlp_http/prometheus",
    });
    const reader = described({ agent }).find(({ name }) => name === "node-reader");
    assert.deepEqual(reader?.access, []);
    assert.ok(!names({ agent: { ...agent, hostMetrics: false } }).includes("node-reader"));
  });

  it("let the gateway measure every span and keep none", () => {
    assert.deepEqual(pipelinesOf("gateway"), {
      traces: "otlp → transform/identifiers → span_metrics load_balancing/sampler",
      "metrics/spans": "span_metrics → resource/measures transform/overflowing → otlp_http/prometheus",
    });
    const { exporters } = configOf("gateway");
    assert.deepEqual(exporters["load_balancing/sampler"]?.["sending_queue"], { enabled: false });
    assert.deepEqual(described()[1]?.volumes, {});
  });

  it("let the sampler see whole traces, cut down what it keeps, and wait for Jaeger", () => {
    assert.deepEqual(pipelinesOf("sampler"), {
      traces: "otlp →  → service_graph forward/kept",
      "traces/kept": "forward/kept → tail_sampling transform/fit → count/truncated otlp_grpc/jaeger",
      metrics: "service_graph count/truncated → resource/instance → otlp_http/prometheus",
    });
    const queue = configOf("sampler").exporters["otlp_grpc/jaeger"]?.["sending_queue"] as Raw;
    assert.deepEqual([queue["storage"], queue["block_on_overflow"]], ["file_storage", true]);
  });

  it("name no node where there is none, as on a Docker host: a Collector refuses a name that is empty", () => {
    const settings = settingsFrom("dev", { roles: ["agent", "collector"] });
    const workloads = observability(settings, plannerOf(settings), describedSecrets);
    assert.deepEqual(
      workloads.map(({ name }) => name).filter((name) => ["agent", "node-reader"].includes(name)),
      ["agent", "node-reader"],
    );
    assert.doesNotMatch(JSON.stringify(workloads.map(({ files }) => files)), /K8S_/);
  });

  it("let a gateway without an agent take metrics and logs too, and ask for the token", () => {
    const raw = { roles: ["gateway", "sampler"], otlpTokens: { payments: "token" } };
    assert.deepEqual(pipelinesOf("gateway", raw), {
      traces:
        "otlp → transform/ids transform/identifiers redaction/suspects transform/redact → span_metrics count/redacted load_balancing/sampler",
      "metrics/spans": "span_metrics → resource/measures transform/overflowing → otlp_http/prometheus",
      metrics:
        "otlp → filter/fit-points transform/fit-points redaction/suspects transform/redact → otlp_http/prometheus count/redacted",
      "metrics/cut": "count/truncated-lines count/redacted → resource/instance → otlp_http/prometheus",
      logs: "otlp → transform/fit-lines redaction/credentials redaction/suspects transform/redact → count/truncated-lines count/redacted otlp_http/victorialogs",
    });
  });

  it("let one Collector sample where it is told to", () => {
    assert.deepEqual(pipelinesOf("collector", { roles: ["collector"], memory: { collector: "2 GiB" } }), {
      traces:
        "otlp → transform/ids transform/identifiers redaction/suspects transform/redact → span_metrics service_graph count/redacted forward/kept",
      "traces/kept": "forward/kept → tail_sampling transform/fit → count/truncated otlp_grpc/jaeger",
      metrics:
        "otlp → filter/fit-points transform/fit-points redaction/suspects transform/redact → otlp_http/prometheus count/redacted",
      "metrics/own": "service_graph count/truncated count/truncated-lines count/redacted →  → otlp_http/prometheus",
      "metrics/spans": "span_metrics → transform/overflowing → otlp_http/prometheus",
      logs: "otlp → transform/fit-lines redaction/credentials redaction/suspects transform/redact → count/truncated-lines count/redacted otlp_http/victorialogs",
    });
  });

  it("send nothing that is larger than the next one takes, in every chain and with every memory", () => {
    const mebibyte = 1024 ** 2;
    const takes = ({ receivers }: Sections) => {
      const { grpc, http } = receivers["otlp"]!["protocols"] as Record<string, Record<string, number>>;
      return Math.min(grpc!["max_recv_msg_size_mib"]! * mebibyte, http!["max_request_body_size"]!);
    };
    /** Largest request of the exporter of spans, where it measures them. */
    const sends = ({ exporters }: Sections) => {
      const parts = exporters["load_balancing/sampler"]?.["protocol"] as { otlp: Raw } | undefined;
      const spans = parts?.otlp ?? exporters["otlp_grpc/gateway"] ?? exporters["otlp_grpc/jaeger"];
      const { batch } = spans?.["sending_queue"] as { batch: { sizer: string; max_size: number } };
      assert.equal(batch.sizer, "bytes");
      return batch.max_size;
    };
    const memories = ["512 MiB", "1 GiB", "1500 MiB", "4 GiB"];
    for (const roles of [["collector"], ["agent", "collector"], ["gateway", "sampler"], prod.roles]) {
      for (const first of memories) {
        const memory = { collector: "4 GiB", sampler: "4 GiB", [roles[0]!]: first };
        const raw = { roles, memory, ...(roles[0] === "collector" && { tailSampling: {} }) };
        const sections = roles.map((role) => configOf(role, raw));
        const jaeger = 128 * mebibyte;
        sections.forEach((section, n) => {
          const next = sections[n + 1] === undefined ? jaeger : takes(sections[n + 1]!);
          assert.ok(sends(section) <= next, `${roles.join(", ")}, ${first}: ${roles[n]} sends ${sends(section)}`);
          assert.ok(sends(section) > takes(section), `${roles.join(", ")}, ${first}: one item of ${roles[n]}`);
        });
      }
    }
  });

  it("always keep a canary, beside the services that settings name", () => {
    const sampling = configOf("sampler", { tailSampling: { attributes: { "service.name": ["pay"] } } }).processors;
    assert.deepEqual((sampling["tail_sampling"]?.["policies"] as Raw[]).at(-1)?.["string_attribute"], {
      key: "service.name",
      values: ["pay", ...canaryServices],
    });
  });

  it("keep by numbers as numbers", () => {
    const raw = { tailSampling: { attributes: { "http.response.status_code": [500, 503] } } };
    const policies = configOf("sampler", raw).processors["tail_sampling"]?.["policies"] as Raw[];
    assert.deepEqual((policies[0]?.["ottl_condition"] as Raw | undefined)?.["span"], [
      'span.attributes["http.response.status_code"] == 500',
      'span.attributes["http.response.status_code"] == 503',
      'resource.attributes["http.response.status_code"] == 500',
      'resource.attributes["http.response.status_code"] == 503',
    ]);
  });

  it("run on every node, or as often as settings say, and are looked for by all of their addresses", () => {
    const placements = described({ gateway: { replicas: 3 } }).map(({ name, placement }) => [name, placement]);
    assert.deepEqual(placements.slice(0, 3), [
      ["agent", "every-node"],
      ["gateway", { replicas: 3 }],
      ["sampler", { replicas: 2 }],
    ]);
    const { dns } = configOf("gateway").exporters["load_balancing/sampler"]?.["resolver"] as { dns: Raw };
    assert.equal(dns["hostname"], "sampler-peers.sightline-prod.svc.cluster.local");
  });

  it("are expected to be there as often as settings say at least", () => {
    const replicas = { min: 2, max: 5, cpuPercent: 70 };
    const settings = settingsFrom("prod", { ...prod, gateway: { replicas }, cpu: { gateway: 1 } });
    assert.deepEqual(fewestOf(settings.roles, settings, ownNode(settings)), {
      agent: 1,
      "node-reader": 1,
      gateway: 2,
      sampler: 2,
    });
    assert.deepEqual(fewestOf(["collector"], settings, ownNode(settings)), {});
  });

  it("reserve the CPUs that settings give them, and none else", () => {
    const cpus = described({ cpu: { sampler: 1.5, victorialogs: 0.2 } }).map(({ name, cpu }) => [name, cpu]);
    assert.deepEqual(
      cpus.filter(([, cpu]) => cpu !== undefined),
      [
        ["sampler", 1.5],
        ["victorialogs", 0.2],
      ],
    );
  });
});

describe("docs/prod.md", () => {
  const text = read("docs/prod.md");

  it("has settings of a Docker host that a stack can be planned with", () => {
    const [, block = ""] = /```yaml\n(config:\n[^]*?)```/.exec(text) ?? [];
    const { config } = parse(block) as { config: Raw };
    const raw = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.replace("sightline:", ""), value]),
    );
    const settings = settingsFrom("prod", raw);
    const planner = plannerOf(settings);
    const workloads = observability(settings, planner, describedSecrets);
    assert.ok(planner.plan(workloads).length > 0);
    assert.deepEqual(
      workloads.map(({ name }) => name),
      ["collector", "jaeger", "prometheus", "victorialogs", "grafana"],
    );
  });

  it("names the agent as senders find it", () => {
    const settings = settingsFrom("prod", prod);
    const { "otlp-http": agent } = plannerOf(settings).locate("agent", collectorPorts, "every-node");
    assert.ok(text.includes(`value: http://${agent.host}:${agent.port}`));
  });
});

describe("a sampler that leaves", () => {
  it("goes on until no gateway sends to it, and then for as long as a trace waits", () => {
    const drain = (sampler: Raw) => samplerDrain(settingsFrom("prod", { ...prod, sampler }).sampler);
    assert.equal(drain({}), "71s");
    assert.equal(drain({ dnsTtl: "5s", decisionWait: "5s" }), "21s");
    assert.equal(drain({ dnsTtl: "0s", decisionWait: "1.5s" }), "13s");
  });
});

describe("the order of updates", () => {
  it("puts what takes spans before what sends them", () => {
    assert.deepEqual(
      inUpdateOrder(described()).map(({ name }) => name),
      ["jaeger", "sampler", "gateway", "agent", "node-reader", "prometheus", "victorialogs", "grafana"],
    );
  });

  it("does not change by order of description", () => {
    assert.deepEqual(
      inUpdateOrder(described().reverse())
        .map(({ name }) => name)
        .filter((name) => ["jaeger", "sampler", "gateway", "agent"].includes(name)),
      ["jaeger", "sampler", "gateway", "agent"],
    );
  });
});

describe("a new sampling policy", () => {
  it("changes the sampler alone", () => {
    const before = described();
    const after = described({ tailSampling: { errors: true, percent: 20 } });
    const changed = before.filter((workload, i) => JSON.stringify(workload) !== JSON.stringify(after[i]));
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["sampler"],
    );
  });
});
