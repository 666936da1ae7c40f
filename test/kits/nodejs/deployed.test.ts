import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instrumented } from "../../../components/instrumentation/instrumented";
import { kitConfigMap, kitFolder, nodejsKit } from "../../../components/instrumentation/kit";
import { built, run } from "./kit";
import { sink } from "./sink";

/** A value with what is known before it in place of references, as a kubelet does it. */
const expanded = (value: string, known: Readonly<Record<string, string>>) =>
  value.replaceAll(/\$\((\w+)\)/g, (reference, name: string) => known[name] ?? reference);

describe("a pod that is instrumented", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "sightline-pod-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("finds the kit in its ConfigMap, and says who it is", async () => {
    const otlp = await sink();
    const kit = nodejsKit();
    const { data, binaryData } = kitConfigMap(kit, "shop");
    // A kubelet mounts links into a folder that it can exchange as a whole.
    mkdirSync(join(folder, "..2026"));
    for (const [file, text] of Object.entries(data)) writeFileSync(join(folder, "..2026", file), text);
    for (const [file, text] of Object.entries(binaryData)) {
      writeFileSync(join(folder, "..2026", file), Buffer.from(text, "base64"));
    }
    symlinkSync("..2026", join(folder, "..data"));
    for (const file of Object.keys({ ...data, ...binaryData })) symlinkSync(`..data/${file}`, join(folder, file));

    const deployment = {
      metadata: { name: "orders" },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: "app",
                image: "shop/orders:1.4.2@sha256:abc",
                env: [
                  { name: "REGION", value: "eu" },
                  { name: "NODE_OPTIONS", value: "--max-old-space-size=256" },
                  { name: "OTEL_RESOURCE_ATTRIBUTES", value: "cloud.region=$(REGION)" },
                ],
              },
            ],
          },
        },
      },
    };
    const { args, problems } = instrumented(deployment, {
      runtime: "nodejs",
      kit,
      otlp: otlp.url,
      environment: "a test, and more",
      attributes: { "shop.price": "$(REGION) 100 %" },
    });
    assert.deepEqual(problems, []);
    const pod: Readonly<Record<string, string>> = {
      "metadata.namespace": "shop",
      "metadata.name": "orders-5d4-x2x",
      "metadata.uid": "7f3c",
      "spec.nodeName": "node-1",
    };
    const known: Record<string, string> = {};
    for (const { name, ...from } of args.spec.template.spec.containers[0]!.env as readonly {
      name: string;
      value?: string;
      valueFrom?: { fieldRef: { fieldPath: string } };
    }[]) {
      known[name] = from.valueFrom ? pod[from.valueFrom.fieldRef.fieldPath]! : expanded(from.value!, known);
    }

    const { exitCode, stderr } = await run("script.cjs", {
      ...known,
      NODE_OPTIONS: known["NODE_OPTIONS"]!.replace(kitFolder, folder),
    });
    otlp.close();
    assert.equal(exitCode, 3, String(stderr));
    assert.match(String(stderr), /^sightline: orders sends traces to /);
    const [span] = otlp.spans;
    assert.equal(span?.name, "work");
    const expected = {
      "service.name": "orders",
      "service.namespace": "shop",
      "service.version": "1.4.2@sha256:abc",
      "service.instance.id": "shop.orders-5d4-x2x.app",
      "k8s.namespace.name": "shop",
      "k8s.pod.name": "orders-5d4-x2x",
      "k8s.pod.uid": "7f3c",
      "k8s.node.name": "node-1",
      "k8s.container.name": "app",
      "cloud.region": "eu",
      "deployment.environment.name": "a test, and more",
      "shop.price": "$(REGION) 100 %",
    };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, span.resource[key]])), expected);
  });

  it("is refused where the kit is not built, with what builds it", () => {
    assert.throws(() => nodejsKit(join(folder, "nowhere")), /has no loader\.cjs, .*; run npm ci --prefix/);
  });

  it("fits what kubectl apply may write into an annotation, 256 KiB", () => {
    const text = JSON.stringify(kitConfigMap(nodejsKit(), "shop"));
    assert.ok(text.length < 256 * 1024, `${text.length} bytes`);
  });
});
