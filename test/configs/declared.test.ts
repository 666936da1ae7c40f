import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import {
  declaredFiles,
  declaredText,
  pulumiYaml,
  settingRows,
  stackFileSchema,
  textSettings,
} from "../../configs/declared";
import { meaningOf, schema, secretSettings, type SettingName } from "../../configs/schema";
import { committedStacks, readStackFile } from "../../configs/stack-file";

describe("the declaration of settings", () => {
  for (const [path, textFrom] of Object.entries(declaredFiles)) {
    it(`is what ${path} says; npm run render writes it`, () => {
      const present = declaredText(path);
      assert.equal(textFrom(present), present);
    });
  }

  it("says of every setting what it means", () => {
    const names = Object.keys(schema.shape) as SettingName[];
    assert.deepEqual(
      names.filter((name) => !meaningOf(name).description),
      [],
    );
  });

  it("declares no secret to Pulumi, which would demand a value for it", () => {
    assert.deepEqual(secretSettings, ["otlpTokens", "storagePassword", "bufferPassword", "receiverSecrets"]);
    const { config } = parse(pulumiYaml("name: sightline\n")) as { config: Record<string, unknown> };
    assert.deepEqual(
      Object.keys(config),
      Object.keys(schema.shape).filter((name) => !secretSettings.includes(name as SettingName)),
    );
    assert.deepEqual(config["metricsRetention"], {
      type: "string",
      description: "How long Prometheus keeps metrics",
      default: "15d",
    });
    assert.deepEqual(config["roles"], {
      type: "array",
      items: { type: "string" },
      description: meaningOf("roles").description,
      default: ["collector"],
    });
  });

  it("keeps what stands in Pulumi.yaml above the settings", () => {
    const present = "name: sightline\nruntime:\n  # why\n  name: nodejs\nconfig:\n  gone: { type: string }\n";
    assert.ok(pulumiYaml(present).startsWith("name: sightline\nruntime:\n  # why\n  name: nodejs\nconfig:\n  name:\n"));
    assert.ok(!pulumiYaml(present).includes("gone"));
  });

  it("has a row for each setting, with its default as YAML has it", () => {
    const rows = new Map(settingRows().map(([key, ...rest]) => [key, rest]));
    assert.equal(rows.size, Object.keys(schema.shape).length);
    assert.deepEqual(rows.get("`queueSize`"), ["`2 GiB`", "Disk for what waits in each Collector"]);
    assert.deepEqual(rows.get("`gateway`")?.[0], "`{ replicas: 2 }`");
    assert.deepEqual(rows.get("`otlpTokens`"), [
      "",
      "Bearer tokens that senders of OTLP must present, by name of the team. A secret",
    ]);
  });

  it("knows which settings Pulumi hands over as text", () => {
    assert.ok(textSettings.includes("name") && textSettings.includes("metricsRetention"));
    assert.ok(!textSettings.includes("grafana") && !textSettings.includes("roles"));
  });
});

describe("the schema for editors", () => {
  const file = z.fromJSONSchema(JSON.parse(stackFileSchema()) as Parameters<typeof z.fromJSONSchema>[0]);
  const isFile = (content: unknown) => file.safeParse(content).success;

  for (const stack of committedStacks) {
    it(`takes the settings of ${stack}`, () => assert.ok(isFile(parse(readStackFile(stack)))));
  }

  it("takes keys of other programs, and secrets that are encrypted", () => {
    assert.ok(isFile({ config: { "aws:region": "eu-west-1", "sightline:storagePassword": { secure: "AAAB" } } }));
    assert.ok(
      isFile({ config: { "sightline:otlpTokens": { payments: { secure: "AAAB" }, shop: { secure: "AAAC" } } } }),
    );
  });

  const wrong: readonly Record<string, unknown>[] = [
    { "sightline:durabilty": "disk" },
    { "sightline:durability": "tape" },
    { "sightline:ports": { jeager: 1 } },
    { "sightline:ports": { jaeger: 70_000 } },
    { "sightline:grafana": "yes" },
    { "sightline:storagePassword": "in clear" },
    { "sightline:otlpTokens": { payments: "in clear" } },
  ];
  for (const config of wrong) it(`marks ${JSON.stringify(config)}`, () => assert.ok(!isFile({ config })));
});
