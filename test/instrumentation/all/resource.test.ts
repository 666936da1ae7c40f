import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { sentence } from "../../../components/core/problems";
import {
  instrumentAllProblems,
  instrumentedResource,
  type InstrumentAll,
} from "../../../components/instrumentation/all/resource";
import { recognised } from "../../../components/instrumentation/all/recognised";
import { deployed } from "../../../components/instrumentation/policy/deployed";
import { kit } from "../workloads";
import { options, program, type Registered } from "./program";

const golden = join(__dirname, "golden.yaml");
const all = { ...options, kit };

const found = ({ type, name, props }: Registered, asked: InstrumentAll = all) => {
  const { problems, notes, ...rest } = instrumentedResource(type, name, props, asked);
  return { ...rest, problems: problems.map(sentence), notes: notes.map(sentence) };
};

const pod = (container: object, metadata: object = {}): Registered => ({
  type: "kubernetes:core/v1:Pod",
  name: "pod",
  props: { metadata: { name: "pod", namespace: "shop", ...metadata }, spec: { containers: [container] } },
});

describe("every workload of a program", () => {
  it("has exactly what the golden file says", () => {
    const now = Object.fromEntries(
      Object.entries(program).map(([what, resource]) => {
        const { given, problems, notes, props } = found(resource);
        assert.deepEqual(problems, [], what);
        return [what, { given: given ?? "nothing", notes, props: given === undefined ? "as they were" : props }];
      }),
    );
    if (process.env["GOLDEN"] === "1")
      writeFileSync(golden, stringify(now, { lineWidth: 0, aliasDuplicateObjects: false }));
    assert.deepEqual(now, parse(readFileSync(golden, "utf8")));
  });

  it("stays as it is the second time, and nothing more is said of it", () => {
    for (const [what, resource] of Object.entries(program)) {
      const once = found(resource);
      const twice = found({ ...resource, props: once.props });
      assert.equal(twice.given, undefined, what);
      assert.equal(twice.props, once.props, what);
      assert.deepEqual(
        twice.notes.filter((note) => note.includes("nothing says")),
        [],
        what,
      );
    }
  });

  it("keeps a variable that says otherwise, with a note", () => {
    const env = [
      { name: "OTEL_SDK_DISABLED", value: "true" },
      { name: "OTEL_RESOURCE_ATTRIBUTES", value: "deployment.environment.name=qa" },
    ];
    const { props, problems, notes } = found(pod({ name: "app", image: "node:24", env }));
    const { spec } = props as { spec: { containers: { env: { name: string; value?: string }[] }[] } };
    const values = new Map(spec.containers[0]!.env.map(({ name, value }) => [name, value]));
    assert.equal(values.get("OTEL_SDK_DISABLED"), "true");
    assert.match(values.get("OTEL_RESOURCE_ATTRIBUTES")!, /,deployment\.environment\.name=qa$/);
    assert.deepEqual(problems, []);
    assert.deepEqual(notes, [
      'shop/pod.spec.containers[0].env[0]: stays as it is: leaves the service untraced, got "OTEL_SDK_DISABLED=true"; remove it, or do not instrument the service',
      'shop/pod.spec.containers[0].env[1]: stays as it is: contradicts an option, "prod", got "deployment.environment.name=qa"; remove one of them',
    ]);
  });

  it("is refused where somebody asks for what it cannot have, and not where it is a guess", () => {
    const env = [{ name: "NODE_OPTIONS", value: "--require newrelic" }];
    const reason = "loads newrelic, which instruments the same libraries as the kit";
    const guessed = found(pod({ name: "app", image: "node:24", env }));
    assert.deepEqual([guessed.given, guessed.problems], ["env", []]);
    assert.match(guessed.notes[0]!, new RegExp(`no kit: ${reason}`));
    const annotations = { "sightline.dev/instrument": "nodejs" };
    const asked = found(pod({ name: "app", image: "shop/a:1", env }, { annotations }));
    assert.deepEqual([asked.given, asked.problems.length], [undefined, 1]);
    assert.match(asked.problems[0]!, new RegExp(`^shop/pod\\.spec\\.containers\\[0\\]\\.env\\[0\\]: ${reason}`));
  });

  it("is refused with a wish that there is not", () => {
    const annotations = { "sightline.dev/instrument": "node" };
    assert.deepEqual(found(pod({ name: "app", image: "node:24" }, { annotations })).problems, [
      'shop/pod.annotations["sightline.dev/instrument"]: nothing that a service can be given, got "node"; write "nodejs", "go", "env", "off"',
    ]);
    const rules = [{ runtime: "python" }] as unknown as InstrumentAll["rules"] & object;
    assert.deepEqual(instrumentAllProblems({ ...all, otlp: "agent:4317", rules }).map(sentence), [
      'otlp: has no scheme, but SDKs need one, got "agent:4317"; write "http://agent:4317"',
      'rules[0].runtime: nothing that a service can be given, got "python"; write "nodejs", "go", "env", "off"',
    ]);
  });

  it("stays as it is where the service has no name", () => {
    const props = { metadata: { generateName: "a-" }, spec: { containers: [{ name: "app", image: "node:24" }] } };
    const { given, problems, notes } = found({ type: "kubernetes:core/v1:Pod", name: "", props });
    assert.deepEqual([given, problems], [undefined, []]);
    assert.match(notes.join(), /the service has no name/);
  });

  it("of this library is left alone", () => {
    const labels = { "app.kubernetes.io/managed-by": "sightline" };
    assert.equal(found(pod({ name: "app", image: "node:24" }, { labels })).given, undefined);
  });
});

describe("what a service seems to be", () => {
  const seen: readonly [image: string, words: readonly string[], runtime: string | undefined][] = [
    ["node:24-alpine", [], "nodejs"],
    ["registry.example.com:5000/mirror/node@sha256:abc", [], "nodejs"],
    ["registry.access.redhat.com/ubi9/nodejs-22", [], "nodejs"],
    ["docker.io/calico/node:v3", [], undefined],
    ["prom/node-exporter:v1", [], undefined],
    ["shop/node-service:1", [], undefined],
    ["shop/a:1", ["dumb-init", "--", "npm", "start"], "nodejs"],
    ["shop/a:1", ["/bin/bash", "-c", "NODE_ENV=production exec node a.js"], "nodejs"],
    ["node:24", ["java", "-jar", "a.jar"], "env"],
    ["golang:1.26", [], "go"],
    ["shop/a:1", ["/a"], undefined],
    ["shop/a:1", ["sh", "start.sh"], undefined],
  ];
  for (const [image, words, runtime] of seen) {
    it(`${[image, ...words].join(" ")}: ${runtime ?? "not known"}`, () => {
      const workload = deployed("kubernetes:core/v1:Pod", { spec: { containers: [{ image, args: words }] } });
      assert.equal(recognised(workload!.containers[0]!), runtime);
    });
  }
});
