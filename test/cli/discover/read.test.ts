import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { servicesInCluster, servicesInFiles } from "../../../cli/discover/read";
import { mentionedCalls } from "../../../components/discovery";
import { Refusal, sentence } from "../../../components/core/problems";

const file = (path: string) => ({ path, text: readFileSync(join(__dirname, path), "utf8") });

describe("services in manifests", () => {
  const services = servicesInFiles([file("shop.yaml")]);

  it("are what serves, with who opens it, what runs it, and what instruments it", () => {
    assert.deepEqual(
      services.map(({ name, namespace, replicas, exposedBy, runtime, coverage, criticality }) => ({
        name,
        namespace,
        replicas,
        exposedBy,
        runtime,
        coverage,
        criticality,
      })),
      [
        {
          name: "storefront",
          namespace: "shop",
          replicas: 3,
          exposedBy: ["Ingress shop"],
          runtime: "nodejs",
          coverage: "automatic",
          criticality: undefined,
        },
        {
          name: "api-server",
          namespace: "shop",
          replicas: 1,
          exposedBy: ["HTTPRoute api"],
          runtime: "other",
          coverage: "none",
          criticality: "critical",
        },
        {
          name: "ledger",
          namespace: "shop",
          replicas: 1,
          exposedBy: ["Service ledger"],
          runtime: "go",
          coverage: "automatic",
          criticality: undefined,
        },
        {
          name: "mail",
          namespace: "default",
          replicas: 1,
          exposedBy: [],
          runtime: undefined,
          coverage: "none",
          criticality: undefined,
        },
      ],
    );
  });

  it("call each other under the names of Services, as environment, arguments and ConfigMaps have them", () => {
    assert.deepEqual(mentionedCalls(services), [
      { from: "storefront", to: "api-server" },
      { from: "api-server", to: "ledger" },
      { from: "api-server", to: "mail" },
    ]);
  });

  it("are the same in what a cluster answers", () => {
    const objects = ["Deployment", "StatefulSet"].map((kind) => ({
      apiVersion: "apps/v1",
      kind,
      metadata: { name: kind },
    }));
    assert.deepEqual(
      servicesInCluster({ kind: "List", items: objects }).map(({ name, source }) => [name, source]),
      [
        ["Deployment", "cluster"],
        ["StatefulSet", "cluster"],
      ],
    );
    assert.deepEqual(servicesInCluster({ kind: "List", items: [] }), []);
  });
});

describe("services in a compose file", () => {
  const services = servicesInFiles([file("compose.yaml")]);

  it("are each with the ports that are published, how many there are, and whether it makes spans", () => {
    assert.deepEqual(
      services.map(({ name, exposedBy, replicas, runtime, passive }) => [name, exposedBy, replicas, runtime, passive]),
      [
        ["front", ["port 8080", "port 8443"], 2, "nodejs", undefined],
        ["back", [], 1, undefined, undefined],
        ["db", [], 1, undefined, true],
        ["queue", [], 1, undefined, true],
      ],
    );
  });

  it("call what they name, and what they depend on", () => {
    assert.deepEqual(mentionedCalls(services), [
      { from: "front", to: "back" },
      { from: "back", to: "db" },
      { from: "back", to: "queue" },
    ]);
  });
});

it("a template that is no YAML yet is refused, with its name", () => {
  const text = 'replicas: {{ .Values.replicas }}\nname: "a\n';
  assert.throws(
    () => servicesInFiles([{ path: "chart/web.yaml", text }]),
    (error) => {
      assert.ok(error instanceof Refusal);
      assert.match(sentence(error.problems[0]!), /^chart\/web\.yaml: not YAML: .*; render templates first/);
      return true;
    },
  );
});
