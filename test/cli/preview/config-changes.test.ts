import assert from "node:assert/strict";
import { stringify } from "yaml";
import { configChanges } from "../../../cli/preview/config-changes";
import { imageChanges } from "../../../cli/preview/images";
import type { Step } from "../../../cli/preview/steps";
import { summarize } from "../../../cli/preview/summary";
import { inMarkdown } from "../../../cli/preview/text";

const step = (rest: Partial<Step>): Step => ({
  operation: "update",
  type: "kubernetes:core/v1:ConfigMap",
  name: "gateway",
  component: "gateway",
  fields: [],
  ...rest,
});
const files = (data: Readonly<Record<string, string>>) => ({ data });

/** Parts and changes between two files. */
const between = (before: unknown, after: unknown): string[] => {
  const [was, is] = [before, after].map((value) => (typeof value === "string" ? value : stringify(value)));
  return configChanges([step({ before: files({ "a.yaml": was! }), after: files({ "a.yaml": is! }) })]).map(
    ({ part, change }) => `${part}: ${change}`,
  );
};

describe("changes of a configuration", () => {
  it("are told by their path, with what was and what is", () => {
    assert.deepEqual(
      between(
        { receivers: { otlp: { grpc: { max: 4 } } }, exporters: { debug: {} } },
        { receivers: { otlp: { grpc: { max: 8 } }, zipkin: { port: 9411 } } },
      ),
      ["receivers.otlp.grpc.max: 4 → 8", 'receivers.zipkin: added: {"port":9411}', 'exporters: removed: {"debug":{}}'],
    );
  });

  it("follow items of a list by their name, wherever they stand", () => {
    assert.deepEqual(
      between(
        {
          policies: [
            { name: "errors", rate: 1 },
            { name: "slow", rate: 2 },
          ],
        },
        {
          policies: [
            { name: "slow", rate: 3 },
            { name: "errors", rate: 1 },
          ],
        },
      ),
      ["policies: order: slow, errors", "policies.slow.rate: 2 → 3"],
    );
  });

  it("name what a list of texts gains and loses, and a new order, which counts for processors", () => {
    const of = (...processors: string[]) => ({ processors });
    assert.deepEqual(between(of("a", "b", "c"), of("a", "d", "c")), ["processors: added: d; removed: b"]);
    assert.deepEqual(between(of("a", "b"), of("b", "a")), ["processors: order: b, a"]);
    assert.deepEqual(between(of("a", "a"), of("a")), ["processors: now: a"]);
  });

  it("show a long text from shortly before what differs", () => {
    const query = (limit: string) => ({
      expr: `${"sum by (service_name) (rate(calls_total[5m])) ".repeat(2)}> ${limit}`,
    });
    assert.deepEqual(between(query("5"), query("7")), ["expr: …calls_total[5m])) > 5 → …calls_total[5m])) > 7"]);
  });

  it("say of texts without structure, and of the same parts otherwise written, that they differ", () => {
    assert.deepEqual(between("just words", "other words"), ["all of it: other text"]);
    assert.deepEqual(between("a: 1\n", "a: 1 # why\n"), ["all of it: same parts, written in another way"]);
    assert.deepEqual(between("a: [", "a: 1"), ["all of it: other text"]);
  });

  it("are counted where there are more than a reader looks at", () => {
    const all = (value: number) => Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`, value]));
    const told = between(all(1), all(2));
    assert.deepEqual([told.length, told[0], told.at(-1)], [15, "key0: 1 → 2", "…: 6 more parts"]);
  });

  it("are looked for in files that stay, on Docker too", () => {
    const uploads = (content: string) => ({ uploads: [{ file: "/etc/a.yaml", content }] });
    assert.deepEqual(
      configChanges([
        step({ operation: "replace", before: uploads("a: 1"), after: uploads("a: 2") }),
        step({ operation: "create", after: files({ "a.yaml": "a: 1" }) }),
        step({
          before: files({ "a.yaml": "a: 1", "b.yaml": "b: 1" }),
          after: files({ "a.yaml": "a: 1", "c.yaml": "c: 1" }),
        }),
        step({ before: uploads("a: 1"), after: { uploads: "[secret]" } }),
      ]).map(({ file, part, change }) => [file, part, change]),
      [
        ["/etc/a.yaml", "a", "1 → 2"],
        ["b.yaml", "all of it", "removed"],
        ["c.yaml", "all of it", "added"],
      ],
    );
  });
});

describe("changes of what is long, odd or elsewhere", () => {
  const long = "sum by (service_name) (rate(calls_total[5m])) ".repeat(3).trim();

  it("show what a long text gained at its end, and where long items of a list differ", () => {
    assert.deepEqual(between({ expr: long }, { expr: `${long} or vector(0)` }), [
      "expr: …te(calls_total[5m])) → …te(calls_total[5m])) or vector(0)",
    ]);
    assert.deepEqual(between({ rules: [{ expr: long, for: "5m" }] }, { rules: [{ expr: long, for: "9m" }] }), [
      "rules.0.for: 5m → 9m",
    ]);
  });

  it("tell what came and went before what only moved with it", () => {
    const panels = (...ys: number[]) => Object.fromEntries(ys.map((y, i) => [`panel${i}`, { y }]));
    const told = between(panels(...Array.from({ length: 20 }, () => 1)), {
      ...panels(...Array.from({ length: 20 }, () => 2)),
      fresh: { y: 0 },
    });
    assert.deepEqual([told[0], told.length, told.at(-1)], ['fresh: added: {"y":0}', 15, "…: 7 more parts"]);
  });

  it("tell a text from a number, and names that every object has from others", () => {
    assert.deepEqual(between({ port: "4317" }, { port: 4317 }), ['port: "4317" → 4317']);
    assert.deepEqual(between({ services: {} }, { services: { constructor: 1 } }), ["services.constructor: added: 1"]);
    const named = (...names: string[]) => ({ policies: names.map((name) => ({ name })) });
    assert.deepEqual(between(named("500", "200"), named("200", "500")), ["policies: order: 200, 500"]);
    assert.deepEqual(between({ "http.method": 1 }, { "http.method": 2 }), ['["http.method"]: 1 → 2']);
  });

  it("follow a file into another part of an object that is too large for one", () => {
    const [first, second] = [{ "a.json": "{}", "b.json": '{"x":1}' }, { "c.json": '{"y":1}' }];
    const moved = configChanges([
      step({ name: "grafana-files", before: files(first), after: files({ "a.json": "{}", "c.json": '{"y":2}' }) }),
      step({ name: "grafana-files-2", before: files(second), after: files({ "b.json": '{"x":1}' }) }),
    ]);
    assert.deepEqual(
      moved.map(({ file, part, change }) => [file, part, change]),
      [["c.json", "y", "1 → 2"]],
    );
  });
});

describe("values in a comment", () => {
  it("are code, whatever they hold", () => {
    const before = files({ "a.yaml": stringify({ pattern: "x" }) });
    const after = files({ "a.yaml": stringify({ pattern: "a|b `c` @team **d**\n<e>" }) });
    const summary = summarize(
      { steps: [step({ before, after })], config: {}, errors: [], warnings: [] },
      { stack: "prod" },
    );
    assert.match(
      inMarkdown(summary),
      /^\| gateway \| a\.yaml \| `pattern` \| `x → a\\\|b 'c' @team \*\*d\*\* <e>` \|$/m,
    );
  });
});

describe("changes of images", () => {
  it("are told of each container of a pod, and of Docker's images", () => {
    const pod = (...containers: readonly (readonly [string, string])[]) => ({
      spec: { template: { spec: { containers: containers.map(([name, image]) => ({ name, image })) } } },
    });
    const type = "docker:index/remoteImage:RemoteImage";
    assert.deepEqual(
      imageChanges([
        step({
          before: pod(["gateway", "otel:1"], ["guard", "guard:1"]),
          after: pod(["gateway", "otel:2"], ["guard", "guard:2"]),
        }),
        step({ name: "jaeger", before: pod(["jaeger", "jaeger:1"]), after: pod(["jaeger", "jaeger:1"]) }),
        step({ name: "loki-image", type, before: { name: "loki:1" }, after: { name: "loki:2" } }),
        step({
          name: "cleaner",
          before: { spec: { jobTemplate: pod(["cleaner", "c:1"]) } },
          after: { spec: { jobTemplate: pod(["cleaner", "c:2"]) } },
        }),
        step({ name: "new", after: pod(["new", "new:1"]) }),
      ]),
      [
        { workload: "gateway", before: "otel:1", after: "otel:2" },
        { workload: "gateway, guard", before: "guard:1", after: "guard:2" },
        { workload: "loki", before: "loki:1", after: "loki:2" },
        { workload: "cleaner", before: "c:1", after: "c:2" },
      ],
    );
  });
});
