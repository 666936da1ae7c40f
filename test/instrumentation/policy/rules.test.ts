import assert from "node:assert/strict";
import { sentence } from "../../../components/core/problems";
import { instrumented } from "../../../components/instrumentation/instrumented";
import { deployed, type Deployed } from "../../../components/instrumentation/policy/deployed";
import {
  rules,
  sharedNames,
  workloadProblems,
  type PolicyOptions,
} from "../../../components/instrumentation/policy/rules";
import { cases, dockerCases, nodejs, otlp } from "../workloads";

type Env = readonly (readonly [name: string, value?: string])[];
interface Written {
  readonly name?: string;
  readonly env?: Env;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly beside?: readonly object[];
}

const deployment = ({ name = "orders", env = [], annotations = {}, labels = {}, beside = [] }: Written): Deployed =>
  deployed("kubernetes:apps/v1:Deployment", {
    metadata: { name, namespace: "shop", annotations },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: "app",
              env: env.map(([key, value]) =>
                value === undefined ? { name: key, valueFrom: { secretKeyRef: {} } } : { name: key, value },
              ),
            },
            ...beside,
          ],
        },
      },
    },
  })!;

const options: PolicyOptions = { today: "2026-11-27" };
const said = (workload: Deployed, more: PolicyOptions = {}) =>
  rules.flatMap((rule) =>
    workloadProblems(rule, workload, { ...options, ...more }).map((problem) => `${rule.name}: ${sentence(problem)}`),
  );

const at = "spec.template.spec.containers[0].env";
const sends: Env = [
  ["OTEL_EXPORTER_OTLP_ENDPOINT", otlp],
  ["OTEL_SERVICE_NAME", "orders"],
];
const excused = (value: string) => ({ annotations: { "sightline.dev/untraced": value } });
const form = 'write "until YYYY-MM-DD: why"';
const exceptionAt = 'service-is-traced: annotations["sightline.dev/untraced"]';

describe("a workload that serves", () => {
  const refused: readonly [string, Deployed, PolicyOptions?][] = [
    [
      `service-is-traced: ${at}: the service would be deployed untraced; pass its arguments to instrument(…, { runtime: "nodejs", kit: nodejsKit(), otlp: "${otlp}" }), or "env" if it has an SDK; or add an exception with sightline.dev/untraced: "until YYYY-MM-DD: why"`,
      deployment({ env: [["PORT", "80"]] }),
    ],
    [
      `service-is-traced: ${at}: leaves the service untraced, got "OTEL_SDK_DISABLED=true"; remove it`,
      deployment({ env: [...sends, ["OTEL_SDK_DISABLED", "TRUE"]] }),
    ],
    [
      `service-is-traced: ${at}: leaves the service untraced, got "OTEL_TRACES_EXPORTER=none"; remove it`,
      deployment({ env: [...sends, ["OTEL_TRACES_EXPORTER", "none"]] }),
    ],
    [`${exceptionAt}: the exception has no end date or no reason, got "yes"; ${form}`, deployment(excused("yes"))],
    [
      `${exceptionAt}: the exception has no end date or no reason, got "until 2026-13-99: why"; ${form}`,
      deployment(excused("until 2026-13-99: why")),
    ],
    [
      `${exceptionAt}: the exception ended on 2026-11-26, got "until 2026-11-26: a vendor's image"; instrument the service, or agree on a new end date`,
      deployment(excused("until 2026-11-26: a vendor's image")),
    ],
    [
      `traces-arrive: ${at}: sends HTTP to the port of gRPC, got "OTEL_EXPORTER_OTLP_ENDPOINT=http://agent.a:4317"; write port 4318`,
      deployment({
        env: [
          ["OTEL_SERVICE_NAME", "a"],
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://agent.a:4317"],
        ],
      }),
    ],
    [
      `traces-arrive: ${at}: sends gRPC to the port of HTTP, got "OTEL_EXPORTER_OTLP_ENDPOINT=http://agent.a:4318"; write port 4317`,
      deployment({
        env: [
          ["OTEL_SERVICE_NAME", "a"],
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://agent.a:4318"],
          ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
        ],
      }),
    ],
    [
      `traces-arrive: ${at}: points to the container itself, where nothing receives traces, got "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318"; write the address of an agent`,
      deployment({
        env: [
          ["OTEL_SERVICE_NAME", "a"],
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"],
        ],
      }),
    ],
    [
      `traces-arrive: ${at}: not one of the allowed endpoints, got "OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}"; write http://agent.other:4318`,
      deployment({ env: sends }),
      { endpoints: ["http://agent.other:4318"] },
    ],
    [
      `traces-arrive: ${at}: neither http nor https, got "OTEL_EXPORTER_OTLP_ENDPOINT=grpc://agent.a:4317"; write "https://otlp.example.com", or just host and port, as "otlp.example.com:4317"`,
      deployment({
        env: [
          ["OTEL_SERVICE_NAME", "a"],
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://agent.a:4317"],
        ],
      }),
    ],
    [
      `service-has-a-name: ${at}: the service has no name; set OTEL_SERVICE_NAME`,
      deployment({ env: [["OTEL_EXPORTER_OTLP_ENDPOINT", otlp]] }),
    ],
    [
      `traces-are-kept: ${at}: keeps no trace that starts here, got "OTEL_TRACES_SAMPLER=parentbased_always_off"; remove it, or let sampling strategies decide with parentbased_jaeger_remote`,
      deployment({ env: [...sends, ["OTEL_TRACES_SAMPLER", "parentbased_always_off"]] }),
    ],
    [
      `traces-are-kept: ${at}: keeps no trace that starts here, got "OTEL_TRACES_SAMPLER=traceidratio"; remove it, or let sampling strategies decide with parentbased_jaeger_remote`,
      deployment({ env: [...sends, ["OTEL_TRACES_SAMPLER", "traceidratio"], ["OTEL_TRACES_SAMPLER_ARG", "0"]] }),
    ],
  ];
  for (const [problem, workload, more] of refused) {
    it(`is refused: ${problem}`, () => assert.deepEqual(said(workload, more), [problem]));
  }

  const passes: Readonly<Record<string, readonly [Deployed, PolicyOptions?]>> = {
    "sends traces": [deployment({ env: sends })],
    "sends them to one of the named addresses": [deployment({ env: sends }), { endpoints: ["http://a:4318", otlp] }],
    "has its address from a Secret": [
      deployment({ env: [["OTEL_EXPORTER_OTLP_ENDPOINT"], ["OTEL_SERVICE_NAME", "a"]] }),
    ],
    "names its node in its address": [
      deployment({
        env: [
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://$(NODE_IP):4318"],
          ["OTEL_SERVICE_NAME", "a"],
        ],
      }),
    ],
    "has its name among its attributes": [
      deployment({
        env: [
          ["OTEL_EXPORTER_OTLP_ENDPOINT", otlp],
          ["OTEL_RESOURCE_ATTRIBUTES", "a=b,service.name=orders"],
        ],
      }),
    ],
    "has a Collector beside it": [
      deployment({
        env: [
          ["OTEL_SERVICE_NAME", "a"],
          ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"],
        ],
        beside: [{ name: "collector" }],
      }),
    ],
    "is injected by the operator of OpenTelemetry": [
      deployment({ annotations: { "instrumentation.opentelemetry.io/inject-nodejs": "true" } }),
    ],
    "is excused to the end of a day": [deployment(excused("until 2026-11-27: a vendor's image"))],
    "takes traces itself": [deployment({ labels: { "app.kubernetes.io/managed-by": "sightline" } })],
  };
  for (const [how, [workload, more]] of Object.entries(passes)) {
    it(`passes where it ${how}`, () => assert.deepEqual(said(workload, more), []));
  }

  it("passes once it is instrumented, of whatever kind it is", () => {
    for (const [name, { kind, args, tracing }] of Object.entries(cases)) {
      const type = kind === "Pod" ? "kubernetes:core/v1:Pod" : `kubernetes:apps/v1:${kind}`;
      const before = deployed(type, args as never);
      if (kind === "Job" || kind === "CronJob") {
        assert.equal(before, undefined, name);
        continue;
      }
      assert.equal(said(before!)[0]?.split(":")[0], "service-is-traced", name);
      assert.deepEqual(said(deployed(type, instrumented(args, tracing).args as never)!), [], name);
    }
  });

  it("is a container on a Docker host too", () => {
    const type = "docker:index/container:Container";
    for (const { args, tracing } of Object.values(dockerCases)) {
      assert.match(said(deployed(type, args as never)!)[0]!, /^service-is-traced: envs: the service would be deployed/);
      assert.deepEqual(said(deployed(type, instrumented(args, tracing).args as never)!), []);
    }
    const labels = [{ label: "sightline.dev/untraced", value: "until 2030-01-01: a database" }];
    assert.deepEqual(said(deployed(type, { name: "db", image: "postgres", labels })!), []);
  });

  it("is no other resource", () => {
    for (const type of ["kubernetes:core/v1:Service", "docker:index/volume:Volume", "random:index/randomId:RandomId"]) {
      assert.equal(deployed(type, {}), undefined, type);
    }
  });

  it("has a name that no other has", () => {
    const [orders, other] = [deployment({ env: sends }), deployment({ name: "cart", env: sends })];
    const silent = deployment({ name: "cart", env: sends, ...excused("until 2026-12-01: goes away") });
    assert.deepEqual(
      sharedNames([orders, other], options).map(({ workload, problem }) => `${workload.name} ${sentence(problem)}`),
      [
        `shop/cart ${at}: also the name of shop/orders, so their traces cannot be told apart, got "orders"; give one of them another OTEL_SERVICE_NAME`,
      ],
    );
    assert.deepEqual(sharedNames([orders, silent], options), []);
  });

  it("is not asked for values that are not known yet", () => {
    const { args } = cases["a Deployment with nothing"]!;
    const traced = structuredClone(instrumented(args, nodejs).args) as unknown as {
      spec: { template: { spec: { containers: { image: string; env: { name: string }[] }[] } } };
    };
    const unknown = { get: () => assert.fail("asked for a value that is not known") };
    const [container] = traced.spec.template.spec.containers;
    Object.defineProperty(container, "image", unknown);
    const attributes = container!.env.find(({ name }) => name === "OTEL_RESOURCE_ATTRIBUTES")!;
    Object.defineProperty(attributes, "value", unknown);
    assert.deepEqual(said(deployed("kubernetes:apps/v1:Deployment", traced)!), []);
  });
});
