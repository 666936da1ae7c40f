import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { policed } from "../../cli/check/deployed";
import { sourceFiles } from "../../cli/instrument/files";
import { asStream, instrumentFiles, writeBack } from "../../cli/instrument/instrument";
import { kit, otlp } from "../instrumentation/workloads";

const options = { otlp, kit };
const deployment = (name: string, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: app
          image: ${image}
`;

describe("sightline instrument", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sightline-manifests-"));
    mkdirSync(join(folder, "base"));
    writeFileSync(join(folder, "base", "cart.yaml"), deployment("cart", "node:24"));
    writeFileSync(join(folder, "base", "edge.yaml"), "# nothing to see\napiVersion: v1\nkind: Service\n");
    writeFileSync(
      join(folder, "base", "kustomization.yaml"),
      "resources: # in this order\n  - edge.yaml\n  - cart.yaml\n",
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const look = async () => instrumentFiles(await sourceFiles([folder]), options);
  const text = (file: string) => readFileSync(join(folder, "base", file), "utf8");

  it("gives one stream that holds all objects, and the kit at its end", async () => {
    const kinds = parseAllDocuments(asStream(await look())).map(
      (document) => (document.toJS() as { kind?: string }).kind,
    );
    assert.deepEqual(kinds, ["Deployment", "Service", undefined, "ConfigMap"]);
  });

  it("writes what changes, the kit beside it, and nothing the second time but the kit", async () => {
    const before = text("edge.yaml");
    const written = writeBack(await look(), options).map((path) => path.slice(folder.length + 1));
    assert.deepEqual(written, ["base/cart.yaml", "base/sightline-nodejs.yaml", "base/kustomization.yaml"]);
    assert.equal(text("edge.yaml"), before);
    assert.equal(
      text("kustomization.yaml"),
      "resources:\n  # in this order\n  - edge.yaml\n  - cart.yaml\n  - sightline-nodejs.yaml\n",
    );
    assert.match(text("cart.yaml"), /value: --require \/opt\/sightline\/nodejs\/loader\.cjs/);
    const after = ["cart.yaml", "kustomization.yaml", "sightline-nodejs.yaml"].map(text);
    assert.deepEqual(
      writeBack(await look(), options).map((path) => path.slice(folder.length + 1)),
      ["base/sightline-nodejs.yaml"],
    );
    assert.deepEqual(["cart.yaml", "kustomization.yaml", "sightline-nodejs.yaml"].map(text), after);
  });

  it("lays the kit beside a compose file", async () => {
    const compose = join(folder, "compose.yaml");
    writeFileSync(compose, "services:\n  cart:\n    image: node:24\n");
    const files = instrumentFiles(await sourceFiles([compose]), options);
    assert.equal(files.kit, "");
    writeBack(files, options);
    assert.deepEqual(readdirSync(join(folder, kit.name)).sort(), ["kit.cjs.gz", "loader.cjs"]);
    assert.match(readFileSync(compose, "utf8"), new RegExp(`- \\./${kit.name}:/opt/sightline/nodejs:ro\n$`));
  });

  it("refuses everything that is wrong at once, and writes nothing", async () => {
    writeFileSync(join(folder, "base", "web.yaml"), "kind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n");
    const annotated = deployment("b", "shop/b:1").replace(
      "name: b",
      "name: b\n  annotations: { sightline.dev/instrument: java }",
    );
    writeFileSync(join(folder, "base", "b.yaml"), annotated);
    await assert.rejects(
      look,
      /instrument: 2 problems, nothing was created[^]*b\.yaml\.shop\/b\.annotations[^]*web\.yaml\.file: not YAML/,
    );
    await assert.rejects(() => sourceFiles([join(folder, "nowhere")]), /-f: cannot be read, got .*nowhere"/);
  });
});

describe("sightline check -f", () => {
  const file = (text: string) => [{ path: "a.yaml", text }];

  it("says what the policies say, and passes what is instrumented", () => {
    const untraced = policed(file(deployment("cart", "node:24")), {});
    assert.deepEqual(
      untraced.found.map(({ file, workload, rule }) => [file, workload, rule]),
      [["a.yaml", "shop/cart", "service-is-traced"]],
    );
    const { files } = instrumentFiles(file(deployment("cart", "node:24")), options);
    assert.deepEqual(policed(file(files[0]!.text), { endpoints: [otlp] }), { workloads: 1, found: [] });
  });

  it("refuses a template, in which it sees nothing", () => {
    assert.throws(() => policed(file("metadata:\n  name: {{ .Release.Name }}\n"), {}), /a\.yaml: not YAML: braces/);
  });

  it("looks at compose files, and at names that two services share", () => {
    const services =
      "services:\n  a:\n    image: a:1\n    environment: { OTEL_SERVICE_NAME: x, OTEL_EXPORTER_OTLP_ENDPOINT: http://c:4318 }\n";
    const both = services + services.split("\n").slice(1).join("\n").replace("  a:", "  b:");
    assert.deepEqual(
      policed(file(both), {}).found.map(({ workload, rule }) => [workload, rule]),
      [["b", "service-name-is-its-own"]],
    );
  });
});
