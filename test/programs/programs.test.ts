import assert from "node:assert/strict";
import { texts, type Recorded } from "../support/recorder";
import { named, run } from "./run";

const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n`;
const cluster = { kubeconfig: "apiVersion: v1\nkind: Config\n" };

/** All texts that a program registers: those that others may read, and those that are secret, alone or with a neighbour. */
const shown = (seen: readonly Recorded[]) => {
  const { clear, secret } = texts(seen.map(({ inputs }) => inputs));
  return { clear: clear.join("\n"), secret: secret.join("\n"), all: [...clear, ...secret].join("\n") };
};

const labels = (seen: readonly Recorded[], type: string): string[] =>
  seen.filter((one) => one.type.startsWith(type)).map(({ name }) => name);

describe("programs of other teams", function () {
  // Each loads an SDK that nothing has loaded before.
  this.timeout(60_000);
  it("send to a Jaeger of others with its authority, a token and a key in a header, none of them in clear (a)", async () => {
    const { clear, secret, all } = shown(
      await run("a-other-jaeger", { ca: pem("theirs"), token: "t0ken", apiKey: "k3y" }),
    );
    for (const held of ["theirs", "t0ken", "k3y"]) {
      assert.deepEqual([clear.includes(held), secret.includes(held)], [false, true], held);
    }
    assert.match(all, /endpoint: jaeger\.example\.com:4317/);
    assert.match(all, /ca_file: \/etc\/otelcol-contrib\/tls\/otlp_grpc-jaeger\/ca\.pem/);
    assert.match(all, /x-tenant: shop\n +x-api-key: \$\{env:OTLP_GRPC_JAEGER_HEADER_X_API_KEY\}/);
    assert.match(all, /compression: gzip/);
  });

  it("keep traces in an OpenSearch of others, delete what is old, and show it behind an OAuth proxy (c)", async () => {
    const secrets = { ...cluster, searchPassword: "p4ss", searchCa: pem("search") };
    const seen = await run("c-jaeger-on-opensearch", secrets);
    const { clear, secret } = shown(seen);
    for (const held of ["p4ss", "search\n"]) {
      assert.deepEqual([clear.includes(held), secret.includes(held)], [false, true], held);
    }
    assert.deepEqual([...named(seen, "CronJob").keys()], ["opensearch-cleaner"]);
    const { annotations } = named(seen, "Ingress").get("jaeger-query")!.inputs["metadata"] as { annotations: object };
    assert.deepEqual(Object.values(annotations).sort(), [
      "https://oauth.example.com/oauth2/auth",
      "https://oauth.example.com/oauth2/start",
      "true",
    ]);
  });

  it("let traces wait in a Kafka whose certificates an authority of its own signs (d)", async () => {
    const seen = await run("d-kafka", { kafkaPassword: "p4ss", kafkaCa: pem("strimzi") });
    const { clear, secret, all } = shown(seen);
    for (const held of ["p4ss", "strimzi"]) {
      assert.deepEqual([clear.includes(held), secret.includes(held)], [false, true], held);
    }
    // Collector and Jaeger alike.
    assert.equal(all.match(/ca_file: \/etc\/kafka-client(-buffer)?\/ca\.pem/g)?.length, 2);
  });

  it("have alerts, scraping and boards in an operator and a Grafana of others (e)", async () => {
    const [group] = [...named(await run("e-own-prometheus", cluster), "ConfigGroup").values()];
    const kinds = (group!.inputs["objs"] as { kind: string; metadata: { labels: object } }[]).map(({ kind }) => kind);
    assert.deepEqual([...new Set(kinds)], ["PrometheusRule", "PodMonitor", "ConfigMap"]);
  });

  it("run the whole stack, with a target, an alert and a board of their own (f)", async () => {
    const seen = await run("f-whole-stack", { grafanaPassword: "p4ss", grafanaKey: "k3y" });
    const { all } = shown(seen);
    assert.deepEqual(labels(seen, "sightline:"), ["collector", "grafana", "jaeger", "victorialogs", "prometheus"]);
    for (const own of [/job_name: node\n.*192\.0\.2\.7:9100/s, /alert: CheckoutSlow/, /"title": "Shop"/]) {
      assert.match(all, own);
    }
  });

  it("use parts and options that the library does not know (g)", async () => {
    const seen = await run("g-escape-hatch");
    const { clear } = shown(seen);
    assert.match(clear, /groupbytrace:\n +wait_duration: 10s/);
    assert.match(clear, /awsxray:\n +region: eu-central-1/);
    assert.match(clear, /pprof:\n +endpoint: 127\.0\.0\.1:1777/);
    const container = named(seen, "Container").get("collector")!;
    assert.equal(container.inputs["logDriver"], "journald");
    assert.ok((container.inputs["envs"] as string[]).includes("AWS_REGION=eu-central-1"));
  });

  it("assert their stacks without an engine (h)", async () => {
    assert.deepEqual(await run("h-unit-tests"), []);
  });

  it("run the same on two machines, under names that are the same there (i)", async () => {
    const seen = await run("i-twice");
    assert.deepEqual(labels(seen, "sightline:"), ["blue-collector", "green-collector"]);
    const containers = named(seen, "Container");
    assert.deepEqual(
      ["blue-collector", "green-collector"].map((name) => {
        const { inputs, provider } = containers.get(name)!;
        return [inputs["name"], provider?.split("::").at(-1)];
      }),
      [
        ["tracing-collector", "blue-tracing-id"],
        ["tracing-collector", "green-tracing-id"],
      ],
    );
  });
});
