import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instrumentedResource } from "../../components/instrumentation/all/resource";
import { nodejsKit } from "../../components/instrumentation/kit";
import { options, program } from "../instrumentation/all/program";
import { otherProgram, type OtherProgram } from "./other-program";

/** Resources of a program, a Helm chart and YAML, none of which knows of tracing. */
const text = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const docker = require("@pulumi/docker");
const { instrumentAll } = require("sightline");

instrumentAll(${JSON.stringify(options)});

const provider = new k8s.Provider("rendered", { renderYamlToDirectory: "rendered" });
class Resource extends pulumi.CustomResource {}
for (const { type, name, props } of ${JSON.stringify(Object.values(program))}) {
  if (type.startsWith("kubernetes:")) new Resource(type, name, props, { provider });
  else new docker.Container(name, props);
}
new k8s.helm.v4.Chart("charted", { chart: "./chart", namespace: "charts" }, { provider });
new k8s.yaml.v2.ConfigGroup("written", { yaml: require("fs").readFileSync("written.yaml", "utf8") }, { provider });
const made = new k8s.core.v1.Namespace("made", {}, { provider });
const spec = { selector: { matchLabels: { app: "a" } }, template: { metadata: { labels: { app: "a" } } } };
spec.template.spec = { containers: [{ name: "app", image: "node:24" }] };
new k8s.apps.v1.Deployment("unnamed", { metadata: { namespace: made.metadata.name }, spec }, { provider });
`;

const deployment = (name: string, namespace: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: one } }
  template:
    metadata: { labels: { app: one } }
    spec: { containers: [{ name: app, image: "node:24" }] }
`;

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState: {
    readonly type: string;
    readonly inputs: Record<string, unknown>;
    readonly dependencies?: readonly string[];
  };
}

describe("instrumentAll, in a preview of another program", () => {
  let other: OtherProgram;
  let steps: readonly Step[];
  before(async () => {
    other = await otherProgram(text, ["docker", "kubernetes"]);
    const folder = join(other.folder, "program");
    mkdirSync(join(folder, "chart", "templates"), { recursive: true });
    writeFileSync(join(folder, "chart", "Chart.yaml"), "apiVersion: v2\nname: charted\nversion: 1.0.0\n");
    writeFileSync(
      join(folder, "chart", "templates", "web.yaml"),
      deployment("{{ .Release.Name }}-web", "{{ .Release.Namespace }}"),
    );
    writeFileSync(join(folder, "written.yaml"), deployment("legacy", "written"));
    const { stdout, stderr } = await other.run({}, "preview", "--stack", "dev", "--json", "--non-interactive");
    try {
      ({ steps } = JSON.parse(stdout) as { steps: readonly Step[] });
    } catch {
      assert.fail(`${stdout}\n${stderr}`);
    }
  });
  after(() => other.remove());

  const planned = (type: string, name: string): Record<string, unknown> => {
    const found = steps.find(({ urn, newState }) => newState.type === type && urn.split("::").at(-1) === name);
    assert.ok(found, `${type} ${name} is in ${steps.map(({ urn }) => urn).join("\n")}`);
    return found.newState.inputs;
  };

  /** Without what a provider says of its own values. */
  const plain = (value: unknown): unknown =>
    value === undefined
      ? undefined
      : JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === "__defaults" ? undefined : item)));

  it("gives each what the golden file says", () => {
    const kit = nodejsKit(join(other.sightline, "dist", "instrumentation", "nodejs", "dist"));
    for (const [what, { type, name, props }] of Object.entries(program)) {
      const { props: expected } = instrumentedResource(type, name, props, { ...options, kit });
      const inputs = planned(type, name);
      for (const field of ["spec", "envs", "mounts", "data"]) {
        assert.deepEqual(plain(inputs[field]), expected[field], `${what}: ${field}`);
      }
    }
  });

  it("reaches what charts and YAML deploy", () => {
    for (const [name, namespace] of [
      ["charted-web", "charts"],
      ["legacy", "written"],
    ] as const) {
      const found = steps.filter(
        ({ newState: { type, inputs } }) =>
          type === "kubernetes:apps/v1:Deployment" && (inputs["metadata"] as { name?: string }).name === name,
      );
      const inputs = JSON.stringify(found.map(({ newState }) => newState.inputs));
      assert.match(inputs, /"NODE_OPTIONS","value":"--require \/opt\/sightline\/nodejs\/loader\.cjs"/, name);
      assert.match(inputs, new RegExp(`"namespace":"${namespace}"`));
    }
  });

  it("creates the kit once where the first service is", () => {
    const { name } = nodejsKit(join(other.sightline, "dist", "instrumentation", "nodejs", "dist"));
    const kits = steps
      .filter(({ newState }) => newState.type === "kubernetes:core/v1:ConfigMap")
      .map(({ newState }) => newState.inputs["metadata"] as { name: string; namespace: string })
      .filter((metadata) => metadata.name === name)
      .map(({ namespace }) => namespace);
    const named = kits.map((namespace) => namespace.replace(/^made-\w+$/, "made-…")).sort();
    assert.deepEqual(named, ["charts", "made-…", "shop", "written"]);
    assert.equal(planned("docker:index/volume:Volume", "sightline-nodejs-docker")["name"], name);
    const filler = planned("docker:index/container:Container", "sightline-nodejs-docker-files");
    assert.deepEqual([filler["image"], filler["start"]], ["node:24", false]);
    const orders = steps.find(({ urn }) => urn.endsWith("::docker:index/container:Container::orders"))!;
    assert.deepEqual(orders.newState.dependencies?.map((urn) => urn.split("::").at(-1)).sort(), [
      "sightline-nodejs-docker",
      "sightline-nodejs-docker-files",
    ]);
  });

  it("names a service by its resource where it has no other name", () => {
    const inputs = JSON.stringify(planned("kubernetes:apps/v1:Deployment", "unnamed"));
    assert.match(inputs, /"OTEL_SERVICE_NAME","value":"unnamed"/);
  });
});
