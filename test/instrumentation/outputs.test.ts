import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { instrument } from "../../components/instrumentation/instrument";
import { instrumented } from "../../components/instrumentation/instrumented";
import type { KubernetesWorkload } from "../../components/instrumentation/kubernetes";
import { record } from "../support/recorder";
import { cases, dockerCases, env, nodejs } from "./workloads";

const known = <T>(value: pulumi.Input<T>) => new Promise((resolve) => pulumi.output(value).apply(resolve));

/** The same value with an output in place of each object and list in it, or of each text. */
function wrapped(value: unknown, wrap: (value: unknown) => boolean): unknown {
  const inner = Array.isArray(value)
    ? value.map((item) => wrapped(item, wrap))
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrapped(item, wrap)]))
      : value;
  return wrap(inner) ? pulumi.output(inner) : inner;
}
const isList = (value: unknown) => Array.isArray(value);
const isObject = (value: unknown) => typeof value === "object" && value !== null;

const asArgs = (value: unknown) => value as KubernetesWorkload;

describe("a workload that has outputs in it", () => {
  before(() =>
    pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) }),
  );

  const ways: Readonly<Record<string, (value: unknown) => boolean>> = {
    "as lists": isList,
    "as whole objects": isObject,
    "as texts": (value) => typeof value === "string",
  };
  for (const [way, wrap] of Object.entries(ways)) {
    it(`${way}, is traced as one without`, async () => {
      for (const [name, { args, tracing }] of Object.entries(cases)) {
        const { metadata, spec } = args;
        // Names of variables are what the traced ones are joined by.
        const outer = {
          metadata: wrapped(metadata, wrap),
          spec: way === "as texts" ? texts(spec) : wrapped(spec, wrap),
        };
        const traced = instrumented(asArgs(outer), tracing);
        assert.deepEqual(traced.problems, [], name);
        assert.deepEqual(await known(traced.args), instrumented(args, tracing).args, name);
      }
    });
  }

  it("keeps what is known as it is: an unknown image hides one attribute of a preview, and no more", () => {
    const image = pulumi.output("shop/orders:1.4.2");
    const args = {
      metadata: { name: "orders" },
      spec: { template: { spec: { containers: [{ name: "app", image }] } } },
    };
    const traced = instrumented(args, nodejs).args as unknown as {
      spec: { template: { spec: { containers: { env: { name: string; value: unknown }[] }[] } } };
    };
    const outputs = traced.spec.template.spec.containers[0]!.env.filter(({ value }) => pulumi.Output.isInstance(value));
    assert.deepEqual(
      outputs.map(({ name }) => name),
      ["OTEL_RESOURCE_ATTRIBUTES"],
    );
  });

  it("is a promise", async () => {
    const { args, tracing } = cases["a CronJob"]!;
    const promised = { ...args, spec: Promise.resolve(args.spec!) };
    assert.deepEqual(await known(instrumented(asArgs(promised), tracing).args), instrumented(args, tracing).args);
  });

  it("keeps secrets secret", async () => {
    const secret = pulumi.secret("--require ./license-abc.js");
    const args = {
      metadata: { name: "orders" },
      spec: { containers: [{ name: "a", env: [{ name: "NODE_OPTIONS", value: secret }] }] },
    };
    const traced = instrumented(args, nodejs).args as unknown as {
      spec: { containers: { env: { name: string; value: pulumi.Output<string> }[] }[] };
    };
    const { value } = traced.spec.containers[0]!.env.find(({ name }) => name === "NODE_OPTIONS")!;
    assert.equal(await pulumi.isSecret(value), true);
    assert.equal(await known(value), "--require /opt/sightline/nodejs/loader.cjs --require ./license-abc.js");
  });

  it("is refused when what is wrong with it becomes known", async () => {
    const container = { name: "a", env: [{ name: "NODE_OPTIONS", value: pulumi.output("-r newrelic") }] };
    const args = { metadata: { name: "orders" }, spec: { containers: [container] } };
    const { args: traced, problems } = instrumented(args, nodejs);
    assert.deepEqual(problems, []);
    const spec = (traced as typeof args).spec.containers[0]!.env.find(({ name }) => name === "NODE_OPTIONS")!;
    const promise = (spec.value as unknown as { promise(): Promise<string> }).promise();
    await assert.rejects(promise, /env\[0\]: loads newrelic, .* leave tracing to it/);
  });

  it("is a container on a Docker host", async () => {
    const { args, tracing } = dockerCases["a container"]!;
    const envs = [pulumi.secret("PASSWORD=x"), ...(args.envs as string[])];
    const { envs: traced = [] } = instrumented({ ...args, envs }, tracing).args;
    assert.equal((traced as unknown[])[0], envs[0]);
    assert.deepEqual(((await known(traced)) as string[]).slice(1), instrumented(args, tracing).args.envs);
  });
});

/** A description whose values of variables, labels, images and names of containers are outputs. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [
      key,
      typeof item === "string" &&
      ["value", "image", "app.kubernetes.io/name", "app.kubernetes.io/instance"].includes(key)
        ? pulumi.output(item)
        : texts(item),
    ]),
  );
}

describe("instrument", () => {
  class Deployment extends pulumi.CustomResource {
    constructor(name: string, args: pulumi.Inputs) {
      super("kubernetes:apps/v1:Deployment", name, args);
    }
  }

  it("gives a resource what its service needs", async () => {
    const { args, tracing } = cases["a Deployment with nothing"]!;
    const [seen] = await record(() => new Deployment("orders", instrument(args, tracing)));
    assert.deepEqual(seen?.inputs, instrumented(args, tracing).args);
  });

  it("says everything that contradicts, as Pulumi says it, and registers nothing", async () => {
    const { args } = cases["a Deployment with nothing"]!;
    const seen = await record(() => {
      const create = () =>
        new Deployment(
          "orders",
          instrument(args, { ...env, service: "orders", otlp: "agent:4317", sampling: { share: 2 } }),
        );
      assert.throws(create, (error: pulumi.InputPropertiesError) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors?.map(({ propertyPath }) => propertyPath),
          ["otlp", "sampling.share"],
        );
        assert.match(error.message, /^instrument\(orders\): 2 problems, nothing was created\n {2}- otlp: /);
        return true;
      });
    });
    assert.deepEqual(seen, []);
  });
});
