import assert from "node:assert/strict";
import { stringify } from "yaml";
import { configChanges } from "../../../cli/preview/config-changes";
import { imageChanges } from "../../../cli/preview/images";
import type { Step } from "../../../cli/preview/steps";

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
    assert.deepEqual(between(of("a", "a"), of("a")), ["processors: order: a"]);
  });

  it("show a long text from shortly before what differs", () => {
    const query = (limit: string) => ({
      expr: `${"sum by (service_name) (rate(calls_total[5m])) ".repeat(2)}> ${limit}`,
    });
    assert.deepEqual(between(query("5"), query("7")), ["expr: …calls_total[5m])) > 5 → …calls_total[5m])) > 7"]);
  });

  it("say of texts without structure, and of the same parts otherwise written, that they differ", () => {
    assert.deepEqual(between("just words", "other words"), [": other text"]);
    assert.deepEqual(between("a: 1\n", "a: 1 # why\n"), [": same parts, written in another way"]);
    assert.deepEqual(between("a: [", "a: 1"), [": other text"]);
  });

  it("are counted where there are more than a reader looks at", () => {
    const all = (value: number) => Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`, value]));
    const told = between(all(1), all(2));
    assert.deepEqual([told.length, told[0], told.at(-1)], [15, "key0: 1 → 2", ": 6 more parts"]);
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
        step({ before: { uploads: "[secret]" }, after: { uploads: "[secret]", memory: 512 } }),
      ]).map(({ file, part, change }) => [file, part, change]),
      [
        ["/etc/a.yaml", "a", "1 → 2"],
        ["b.yaml", "", "removed"],
        ["c.yaml", "", "added"],
      ],
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
        step({ name: "new", after: pod(["new", "new:1"]) }),
      ]),
      [
        { workload: "gateway", before: "otel:1", after: "otel:2" },
        { workload: "gateway, guard", before: "guard:1", after: "guard:2" },
        { workload: "loki", before: "loki:1", after: "loki:2" },
      ],
    );
  });
});
