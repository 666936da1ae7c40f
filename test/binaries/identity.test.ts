import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "yaml";
import { otelCollector } from "../../components/collector/workload";
import { yaml, type Config } from "../../components/core/config";
import type { Endpoint } from "../../components/core/platform";
import { settingsFrom } from "../../configs/settings-from";
import { start, type Measured } from "../bench/process";
import { pipelinesAt } from "../support/hop";
import { kubeApi, type KnownPod, type KubeApi } from "../support/kube-api";
import { bodyOf, resourcesOf } from "../support/otlp-sink";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { obtain } from "./obtain";

const pod = (name: string, namespace: string, podIP: string, annotations: Record<string, string> = {}): KnownPod => ({
  metadata: { name, namespace, uid: `uid-of-${name}`, annotations: { ...annotations } },
  spec: { nodeName: "node-a", containers: [{ name: "main" }] },
  status: { podIP, phase: "Running" },
});
const said = { "resource.opentelemetry.io/service.namespace": "checkout" };
/** The test sends from 127.0.0.1. */
const [mine, victim] = [pod("mine", "own", "127.0.0.1"), pod("victim", "bank", "10.9.9.9", said)];

/** What a pod would say to be taken for another one, and what it may say of itself. */
const forged = {
  "k8s.namespace.name": "bank",
  "k8s.namespace.uid": "uid-of-bank",
  "k8s.pod.name": "victim",
  "k8s.pod.uid": victim.metadata.uid,
  "k8s.pod.ip": victim.status.podIP,
  "k8s.pod.labels.app": "victim",
  "k8s.node.name": "node-z",
  "k8s.deployment.name": "vault",
  "k8s.statefulset.name": "vault",
  "k8s.daemonset.name": "vault",
  "k8s.replicaset.name": "vault",
  "k8s.job.name": "vault",
  "k8s.cronjob.name": "vault",
  "service.namespace": "checkout",
};
const own = { "service.name": "shop", "k8s.container.name": "main", "k8s.cluster.name": "east" };

const attributes = Object.entries({ ...forged, ...own }).map(([key, stringValue]) => ({ key, value: { stringValue } }));
const now = `${Date.now()}000000`;
const requests = {
  traces: {
    resourceSpans: [
      {
        resource: { attributes },
        scopeSpans: [
          {
            spans: [
              {
                traceId: "5b8efff798038103d269b633813fc60c",
                spanId: "eee19b7ec3c1b174",
                name: "GET",
                kind: 2,
                startTimeUnixNano: now,
                endTimeUnixNano: now,
              },
            ],
          },
        ],
      },
    ],
  },
  metrics: {
    resourceMetrics: [
      {
        resource: { attributes },
        scopeMetrics: [{ metrics: [{ name: "paid", gauge: { dataPoints: [{ timeUnixNano: now, asInt: "1" }] } }] }],
      },
    ],
  },
  logs: {
    resourceLogs: [
      { resource: { attributes }, scopeLogs: [{ logRecords: [{ timeUnixNano: now, body: { stringValue: "paid" } }] }] },
    ],
  },
} as const;
type Signal = keyof typeof requests;

const local = (port: number): Endpoint => ({ host: "127.0.0.1", port, of: { workload: "local", port: "any" } });

/** The agent of the prod stack as a process: its own pipelines, with addresses of this machine and an API that knows two pods. */
describe("an agent that is told of another pod than the one that sends", () => {
  const folder = temporaryFolder();
  const arrived = new Map<Signal, Readonly<Record<string, string>>>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [resource] = resourcesOf(body).filter((one) => one["service.name"] === own["service.name"]);
      const signal = /\/v1\/(\w+)$/.exec(request.url ?? "")?.[1] as Signal;
      if (resource) arrived.set(signal, resource);
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });
  let binary: string;
  let api: KubeApi;
  let running: Measured | undefined;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    ({ "otelcol-contrib": binary } = await obtain("otelcol-contrib"));
    api = await kubeApi([mine, victim]);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  after(async () => {
    await api.close();
    server.close();
    server.closeAllConnections();
  });

  /** Sends one request of each signal, and gives what arrived of who sent it. */
  async function resources(guard: boolean, headers: Readonly<Record<string, string>> = {}) {
    arrived.clear();
    const { port: sink } = server.address() as AddressInfo;
    const settings = settingsFrom("prod", {
      platform: "kubernetes",
      roles: ["agent", "gateway", "sampler"],
      tailSampling: { errors: true },
      agent: { hostMetrics: false, kubeletMetrics: "off", containerLogs: false },
      guard,
    });
    const pipelines = pipelinesAt(settings, 0, { next: local(sink), prometheus: local(sink), logs: local(sink) });
    const [file] = Object.values(otelCollector("agent", { pipelines }).files ?? {});
    const text = file !== undefined && "content" in file ? file.content : "";
    const listening = [4317, 4318, 13133, 8888];
    const ports = await freePorts(new Set(listening));
    const moved = listening
      .reduce((config, port) => config.replaceAll(`0.0.0.0:${port}`, `127.0.0.1:${ports.get(port)}`), text)
      .replaceAll("port: 8888", `port: ${ports.get(8888)}`)
      .replaceAll("host: 0.0.0.0", "host: 127.0.0.1")
      .replaceAll("/var/lib/otelcol", join(folder, `queue-${guard}`))
      .replaceAll("auth_type: serviceAccount", "auth_type: kubeConfig")
      .replaceAll("otlp_grpc/gateway", "otlp_http/gateway");
    const config = parse(moved) as Config & { exporters: Record<string, Record<string, unknown>> };
    const spans = config.exporters["otlp_http/gateway"]!;
    Object.assign(spans, { endpoint: `http://127.0.0.1:${sink}`, compression: "gzip" });
    delete spans["balancer_name"];
    writeFileSync(join(folder, "agent.yaml"), yaml(config));
    running = await start(
      binary,
      [`--config=${join(folder, "agent.yaml")}`],
      `http://127.0.0.1:${ports.get(13133)}/`,
      join(folder, "agent.log"),
      { KUBECONFIG: join(folder, "kubeconfig"), K8S_NODE_NAME: "node-a" },
    );
    for (const [signal, request] of Object.entries(requests)) {
      const { status } = await fetch(`http://127.0.0.1:${ports.get(4318)}/v1/${signal}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(request),
      });
      assert.equal(status, 200, signal);
    }
    for (const deadline = Date.now() + 60_000; arrived.size < 3; await wait(100)) {
      assert.ok(Date.now() < deadline, `of ${[...arrived.keys()].join(", ")} alone something arrived`);
    }
    return Object.fromEntries(arrived);
  }

  const everySignal = (resource: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.keys(requests).map((signal) => [signal, resource]));
  const ofPod = ({ metadata: { name, namespace, uid } }: KnownPod) => ({
    ...own,
    "k8s.namespace.name": namespace,
    "k8s.pod.name": name,
    "k8s.pod.uid": uid,
    "k8s.node.name": "node-a",
    "service.namespace": namespace,
  });

  it("says which one it is, by its address, in every signal", async () => {
    assert.deepEqual(await resources(false), everySignal(ofPod(mine)));
  });

  it("believes no header of a sender where there is no guard", async () => {
    const headers = { "x-sightline-sender": victim.status.podIP };
    assert.deepEqual(await resources(false, headers), everySignal(ofPod(mine)));
  });

  it("believes the address that its guard has found, and the namespace that the pod's own annotation names", async () => {
    const headers = { "x-sightline-sender": victim.status.podIP };
    const found = { ...ofPod(victim), "k8s.pod.ip": victim.status.podIP, "service.namespace": "checkout" };
    assert.deepEqual(await resources(true, headers), everySignal(found));
  });

  it("says nothing of a sender that is no pod, as on the network of a node", async () => {
    const headers = { "x-sightline-sender": "10.1.1.1" };
    assert.deepEqual(await resources(true, headers), everySignal({ ...own, "k8s.pod.ip": "10.1.1.1" }));
  });
});
