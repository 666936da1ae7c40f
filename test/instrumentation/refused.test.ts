import assert from "node:assert/strict";
import { instrumented } from "../../components/instrumentation/instrumented";
import type { DockerContainer } from "../../components/instrumentation/docker";
import type { KubernetesWorkload } from "../../components/instrumentation/kubernetes";
import type { Instrumentation } from "../../components/instrumentation/options";
import { sentence } from "../../components/core/problems";
import { env, nodejs, otlp } from "./workloads";

type Container = Readonly<Record<string, unknown>>;

const said = (args: KubernetesWorkload | DockerContainer, tracing: Instrumentation) =>
  instrumented(args, tracing).problems.map(sentence);

/** A Pod whose one container has these fields. */
const pod = (container: Container, spec: object = {}) =>
  ({
    metadata: { name: "orders" },
    spec: { containers: [{ name: "app", image: "shop/orders:1", ...container }], ...spec },
  }) as KubernetesWorkload;
const withEnv = (name: string, value: string) =>
  pod({
    env: [
      { name: "PORT", value: "80" },
      { name, value },
    ],
  });
const at = "spec.containers[0].env[1]";

describe("a workload that cannot be traced as asked", () => {
  const options: readonly [string, Instrumentation][] = [
    [
      'otlp: port 4317 is for gRPC, but spans are sent over HTTP, got "http://agent:4317"; write "http://agent:4318"',
      { ...env, otlp: "http://agent:4317" },
    ],
    [
      'otlp: has no scheme, but SDKs need one, got "agent:4318"; write "http://agent:4318"',
      { ...env, otlp: "agent:4318" },
    ],
    ['otlp: empty, got ""; write "otlp.example.com:4317"', { ...env, otlp: "" }],
    [
      "sampling.share: not a fraction, got 10; write a number from 0 to 1, as 0.1 for a tenth",
      { ...env, sampling: { share: 10 } },
    ],
    [
      'sampling.strategies: not the address of sampling strategies, got "jaeger:5778"; write it with scheme and path, as "http://jaeger.sightline-prod.svc.cluster.local:5778/sampling"',
      { ...env, sampling: { strategies: "jaeger:5778" } },
    ],
    [
      'sampling.every: not a duration of at least 1 s, got "10ms"; write a number and a unit, as "60s"',
      { ...env, sampling: { strategies: "http://jaeger:5778/sampling", every: "10ms" } },
    ],
    [
      'attributes: not an attribute name, got "a b"; write letters, digits, dots and underscores, as "service.criticality"',
      { ...env, attributes: { "a b": "c" } },
    ],
    [
      'attributes: has its own option, got "service.name"; write it as service',
      { ...env, attributes: { "service.name": "c" } },
    ],
    [
      'runtime: there is no kit for this language, got "java"; add an agent or SDK to its image, and write "env"',
      { ...env, runtime: "java" } as unknown as Instrumentation,
    ],
    ["kit: missing; write kit: nodejsKit()", { runtime: "nodejs", otlp } as Instrumentation],
    [
      'kit: larger than 1 MiB, the limit of a ConfigMap, got "1048577 bytes"; rebuild the kit without your own libraries',
      {
        ...nodejs,
        runtime: "nodejs",
        kit: { name: "k", files: { "loader.cjs": Buffer.alloc(1), "kit.cjs.gz": Buffer.alloc(1024 ** 2) } },
      },
    ],
  ];
  for (const [problem, tracing] of options) {
    it(`is refused: ${problem}`, () => assert.deepEqual(said(pod({}), tracing), [problem]));
  }

  const found: readonly [string, KubernetesWorkload, Instrumentation][] = [
    [
      `${at}: is set by reference, so nothing can be added to it, got "NODE_OPTIONS"; write its value here`,
      pod({
        env: [
          { name: "PORT", value: "80" },
          { name: "NODE_OPTIONS", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        ],
      }),
      nodejs,
    ],
    [
      `${at}: loads dd-trace, which instruments the same libraries as the kit, got "NODE_OPTIONS=--require dd-trace/init"; remove it, or write runtime: "env" and leave tracing to it`,
      withEnv("NODE_OPTIONS", "--require dd-trace/init"),
      nodejs,
    ],
    [
      `${at}: leaves the service untraced, got "OTEL_SDK_DISABLED=true"; remove it, or do not instrument the service`,
      withEnv("OTEL_SDK_DISABLED", "true"),
      env,
    ],
    [
      `${at}: leaves the service untraced, got "OTEL_TRACES_SAMPLER=always_off"; remove it, or do not instrument the service`,
      withEnv("OTEL_TRACES_SAMPLER", "always_off"),
      env,
    ],
    [
      `${at}: does not send spans over OTLP, got "OTEL_TRACES_EXPORTER=none"; remove it, or do not instrument the service`,
      withEnv("OTEL_TRACES_EXPORTER", "none"),
      env,
    ],
    [
      `${at}: contradicts otlp, "${otlp}", got "OTEL_EXPORTER_OTLP_ENDPOINT=http://old:4318"; remove one of them`,
      withEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://old:4318"),
      env,
    ],
    [
      `${at}: contradicts otlp, "${otlp}", got "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://old:4318"; remove one of them`,
      withEnv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://old:4318"),
      env,
    ],
    [
      `${at}: option otlp needs OTLP over HTTP, got "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"; remove it`,
      withEnv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
      env,
    ],
    [
      `${at}: the kit only propagates tracecontext and baggage, got "OTEL_PROPAGATORS=b3"; remove it`,
      withEnv("OTEL_PROPAGATORS", "b3"),
      nodejs,
    ],
    [
      `${at}: contradicts service, "cart", got "OTEL_SERVICE_NAME=orders"; remove one of them`,
      withEnv("OTEL_SERVICE_NAME", "orders"),
      { ...env, service: "cart" },
    ],
    [
      `${at}: contradicts sampling, got "OTEL_TRACES_SAMPLER=always_on"; remove one of them`,
      withEnv("OTEL_TRACES_SAMPLER", "always_on"),
      { ...env, sampling: { share: 0.1 } },
    ],
    [
      `${at}: contradicts an option, "prod", got "deployment.environment.name=dev"; remove one of them`,
      withEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=dev"),
      { ...env, environment: "prod" },
    ],
    [
      `${at}: one part is not a key=value pair, so SDKs ignore all of it, got "OTEL_RESOURCE_ATTRIBUTES=a=1,b"; write "key=value", with %2C for a comma`,
      withEnv("OTEL_RESOURCE_ATTRIBUTES", "a=1,b"),
      env,
    ],
    [
      `${at}: must be metadata.uid of the pod, because resource attributes refer to it, got "OTEL_RESOURCE_ATTRIBUTES_POD_UID"; give it another name`,
      withEnv("OTEL_RESOURCE_ATTRIBUTES_POD_UID", "x"),
      env,
    ],
    [
      'spec.containers[0]: not a Node.js program, got "/usr/bin/python3"; write runtime: "env", and put an SDK or agent into it',
      pod({ command: ["/usr/bin/python3", "app.py"] }),
      nodejs,
    ],
    [
      'spec.containers[0]: older than Node.js 20.6, which the kit needs, got "docker.io/library/node:18-alpine"; use a newer image',
      pod({ image: "docker.io/library/node:18-alpine" }),
      nodejs,
    ],
    [
      'spec.containers[0].volumeMounts: the kit is mounted there, got "/opt/sightline/nodejs"; mount it elsewhere',
      pod({ volumeMounts: [{ name: "mine", mountPath: "/opt/sightline/nodejs" }] }),
      nodejs,
    ],
    [
      'spec.volumes: the volume of the kit has this name, got "sightline-nodejs"; give it another name',
      pod({}, { volumes: [{ name: "sightline-nodejs", emptyDir: {} }] }),
      nodejs,
    ],
    [
      'spec.containers: no container has this name, got "web"; write one of "app"',
      pod({}),
      { ...env, container: "web" },
    ],
    [
      "spec: the pod runs Windows, and there is no kit for it; do not instrument the service",
      pod({}, { nodeSelector: { "kubernetes.io/os": "windows" } }),
      nodejs,
    ],
    [
      'spec: the service has no name; write service: "…", or a label "app.kubernetes.io/name" on the pod',
      { spec: { containers: [{ name: "app" }] } },
      env,
    ],
    [
      "spec: no pod template found; give a Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod",
      {},
      env,
    ],
  ];
  for (const [problem, args, tracing] of found) {
    it(`is refused: ${problem}`, () => assert.deepEqual(said(args, tracing), [problem]));
  }

  it("is told everything at once", () => {
    const container = {
      image: "node:16",
      env: [
        { name: "OTEL_SDK_DISABLED", value: "true" },
        { name: "NODE_OPTIONS", value: "-r newrelic" },
      ],
    };
    assert.equal(said(pod(container), { ...nodejs, otlp: "agent:4317" }).length, 4);
  });

  it("keeps a password in an address to itself", () => {
    const [problem] = said(pod({}), { ...env, otlp: "http://user:hunter2@agent:4318" });
    assert.equal(problem, "otlp: contains credentials; give them separately, as a secret");
  });

  it("is refused on a Docker host in the same words", () => {
    const container = {
      image: "node:16",
      name: "orders",
      envs: ["NODE_OPTIONS=-r newrelic", "OTEL_TRACES_EXPORTER=zipkin"],
      mounts: [{ type: "bind", source: "/a", target: "/opt/sightline/nodejs" }],
    };
    assert.deepEqual(said(container, nodejs), [
      'envs[0]: loads newrelic, which instruments the same libraries as the kit, got "NODE_OPTIONS=-r newrelic"; remove it, or write runtime: "env" and leave tracing to it',
      'envs[1]: does not send spans over OTLP, got "OTEL_TRACES_EXPORTER=zipkin"; remove it, or do not instrument the service',
      'command: older than Node.js 20.6, which the kit needs, got "node:16"; use a newer image',
      'mounts: the kit is mounted there, got "/opt/sightline/nodejs"; mount it elsewhere',
    ]);
    assert.deepEqual(said({ image: "shop/edge:1" }, env), [
      'envs: the service has no name; write service: "…", or a name of the container',
    ]);
  });
});

describe("a workload that is traced, and has something to be told of", () => {
  it("is started by a package manager", () => {
    const { problems, notes } = instrumented(pod({ args: ["npm", "start"] }), nodejs);
    assert.deepEqual(problems, []);
    assert.deepEqual(notes.map(sentence), [
      'spec.containers[0].command: a package manager starts the service and does not always forward the stop signal, got "npm start"; start the service itself, as ["node", "server.js"]',
    ]);
  });

  it("takes variables from elsewhere, which nobody sees here", () => {
    const { problems, notes } = instrumented(pod({ envFrom: [{ configMapRef: { name: "orders" } }] }), nodejs);
    assert.deepEqual(problems, []);
    assert.deepEqual(notes.map(sentence), [
      "spec.containers[0].envFrom: its NODE_OPTIONS and OTEL_* variables are not visible here, and the tracing variables take precedence; if it sets NODE_OPTIONS, write that in env instead",
    ]);
  });
});
