import assert from "node:assert/strict";
import { parse } from "yaml";
import { Refusal } from "../../components/core/problems";
import { Sealed } from "../../components/platforms/planned";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import type { Manifest } from "../../components/platforms/kubernetes/objects";
import { settingsFrom } from "../../configs/settings-from";
import { manifests } from "../../stacks/manifests";
import { describedSecrets, observability } from "../../stacks/observability";
import { secretTexts } from "../support/login";

const plan = () => {
  const settings = settingsFrom("prod", { platform: "kubernetes" });
  const planner = kubernetesPlanner({ name: settings.name, ...settings.kubernetes });
  return planner.plan(observability(settings, planner, describedSecrets));
};
const identity = ({ apiVersion, kind, metadata: { namespace = "", name } }: Manifest) =>
  [apiVersion, kind, namespace, name].join(" ");

describe("manifests of a stack", () => {
  const { files, secrets } = manifests("prod", plan());
  const listed = (parse(files["kustomization.yaml"]!) as { resources: string[] }).resources;
  const planned = plan().map(({ inputs }) => inputs as Manifest);

  it("are the same bytes every time", () => {
    assert.deepEqual(Object.entries(manifests("prod", plan()).files), Object.entries(files));
  });

  it("are the planned objects, one a file, and no Secret", () => {
    const written = new Map(
      listed.map((path) => parse(files[path]!) as Manifest).map((manifest) => [identity(manifest), manifest]),
    );
    const wanted = planned.filter(({ kind }) => kind !== "Secret");
    assert.equal(written.size, listed.length);
    assert.deepEqual([...written.keys()].sort(), wanted.map(identity).sort());
    for (const manifest of wanted) {
      assert.deepEqual(written.get(identity(manifest)), JSON.parse(JSON.stringify(manifest)), identity(manifest));
    }
    assert.deepEqual(Object.keys(files).sort(), [...listed, "SECRETS.md", "kustomization.yaml"].sort());
  });

  it("list namespaces first, and what a pod reads before the pod", () => {
    const kinds = listed.map((path) => (parse(files[path]!) as Manifest).kind);
    const spaces = kinds.filter((kind) => kind === "Namespace").length;
    assert.ok(spaces > 0);
    assert.deepEqual(new Set(kinds.slice(0, spaces)), new Set(["Namespace"]));
    const order = (part: string) => listed.findIndex((path) => path.includes(part));
    assert.ok(order("jaeger/configmap-") < order("jaeger/statefulset-jaeger"));
    assert.ok(order("jaeger/persistentvolumeclaim-") < order("jaeger/statefulset-jaeger"));
  });

  it("say of each Secret where it goes, its keys, and how to make it", () => {
    const wanted = planned.filter(({ kind }) => kind === "Secret");
    assert.deepEqual(
      secrets.map(({ name, namespace }) => `${namespace}/${name}`),
      wanted.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`),
    );
    const grafana = secrets.find(({ name }) => name === "grafana");
    assert.deepEqual(grafana?.keys, [
      "GF_SECURITY_ADMIN_PASSWORD",
      "GF_SECURITY_SECRET_KEY",
      "PROMETHEUS_PASSWORD",
      "JAEGER_PASSWORD",
      "LOGS_PASSWORD",
    ]);
    const page = files["SECRETS.md"]!;
    assert.ok(page.includes("kubectl --namespace sightline-prod create secret generic grafana \\\n"), page);
    assert.ok(page.includes("  --from-literal=GF_SECURITY_SECRET_KEY='…' \\\n"), page);
    assert.ok(page.includes('  --from-literal=PROMETHEUS_PASSWORD="$PASSWORD" \\\n'), page);
    const web = `"basic_auth_users: { $(htpasswd -nbBC 10 sightline "$PASSWORD" | sed 's/:/: /') }"`;
    assert.ok(page.includes(`  --from-literal=etc_prometheus_web.yml=${web}\n`), page);
  });

  it("hold no secret value, nor a mark in its place", () => {
    const text = Object.values(files).join("\n");
    for (const secret of secretTexts) assert.ok(!text.includes(secret), secret);
    assert.ok(!text.includes("[secret]"));
  });

  it("are refused where a secret would stand outside a Secret", () => {
    const [first] = plan();
    const leaky = { ...first!, inputs: { ...first!.inputs, spec: { password: new Sealed({ secret: "x" }) } } };
    assert.throws(() => manifests("prod", [leaky]), Refusal);
  });
});
