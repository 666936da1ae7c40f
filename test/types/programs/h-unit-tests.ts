import assert from "node:assert/strict";
import { badger, jaeger, jaegerPorts, kubernetesPlanner, nop, otelCollector, otlp, Refusal } from "sightline/describe";

// What a team asserts of its own stack, without an engine and without Pulumi.
const cluster = kubernetesPlanner({ name: "team" });
const collector = otelCollector("collector", { pipelines: { traces: { receivers: [otlp()], exporters: [nop()] } } });

const planned = cluster.plan([collector]).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
assert.ok(planned.includes("Deployment collector"));
assert.equal(cluster.locate("jaeger", jaegerPorts).query.host, "jaeger.team.svc.cluster.local");

const wrong = jaeger("jaeger", { storage: badger({ size: "20 GiB" }), replicas: 3 });
assert.throws(
  () => cluster.plan([collector, wrong]),
  (error) => error instanceof Refusal && error.problems.some(({ path }) => path.endsWith("replicas")),
);
