import { rawSettings } from "../../configs/stack-file";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import type { Case } from "./bad-settings";

/** The committed prod stack with these settings instead of its own. */
export const setProd = (raw: Readonly<Record<string, unknown>>) => () => {
  const settings = settingsFrom("prod", { ...rawSettings("prod"), ...raw });
  const planner = plannerOf(settings);
  return planner.plan(observability(settings, planner, describedSecrets));
};

const ingress = {
  kind: "ingress",
  host: "traces.example.com",
  tls: "traces-tls",
  from: { "kubernetes.io/metadata.name": "ingress-nginx" },
};

/** Settings of the prod stack that must be refused. */
export const badProdSettings: Readonly<Record<string, Case>> = {
  "samplers that come and go by load": [
    setProd({ sampler: { replicas: { min: 2, max: 5, cpuPercent: 70 } } }),
    'sampler.replicas: each change in the number of samplers splits traces between two of them, and each decides on a part, got {"min":2,"max":5,"cpuPercent":70}; write a fixed number, or accept split traces with acceptSplitTraces: true',
  ],
  "samplers that come and go by load, with spans on their disks": [
    setProd({ sampler: { replicas: { min: 2, max: 5, cpuPercent: 70 }, acceptSplitTraces: true } }),
    'sampler.placement.replicas: pods with their own data cannot be autoscaled: data on the claim of a removed pod is not sent, got {"min":2,"max":5,"cpuPercent":70}; write a fixed number of replicas, or remove the persistent volume',
  ],
  "gateways that come and go by a load that nobody measures": [
    setProd({ gateway: { replicas: { min: 2, max: 5, cpuPercent: 70 } }, cpu: {} }),
    "gateway.cpu: missing: load is measured relative to the CPU request; write the CPU request of one pod, as 0.5",
  ],
  "at least more gateways than at most": [
    setProd({ gateway: { replicas: { min: 5, max: 2, cpuPercent: 70 } } }),
    "gateway.replicas.min: more than max (2), got 5; lower it, or raise max",
  ],
  "no samplers": [
    setProd({ sampler: { replicas: 0 } }),
    'sampler.replicas: must be at least 1, got 0; write, for example, { replicas: 2, decisionWait: "30s" }',
  ],
  "half a sampler": [
    setProd({ sampler: { replicas: 0.5 } }),
    'sampler.replicas: must be a whole number above zero, or { min, max, cpuPercent }, got 0.5; write, for example, { replicas: 2, decisionWait: "30s" }',
  ],
  "a sampler without a gateway": [
    setProd({ roles: ["agent", "sampler"] }),
    'roles: not a valid chain of Collectors, got ["agent","sampler"]; write [collector], [agent, collector], [gateway, sampler], [agent, gateway, sampler]: collector does the work of gateway and sampler in one process',
  ],
  "a gateway without a sampler": [
    setProd({ roles: ["agent", "gateway"] }),
    'roles: not a valid chain of Collectors, got ["agent","gateway"]; write [collector], [agent, collector], [gateway, sampler], [agent, gateway, sampler]: collector does the work of gateway and sampler in one process',
  ],
  "roles in another order": [
    setProd({ roles: ["gateway", "agent", "sampler"] }),
    'roles: not a valid chain of Collectors, got ["gateway","agent","sampler"]; write [collector], [agent, collector], [gateway, sampler], [agent, gateway, sampler]: collector does the work of gateway and sampler in one process',
  ],
  "no Collector at all": [
    setProd({ roles: [] }),
    "roles: not a valid chain of Collectors, got []; write [collector], [agent, collector], [gateway, sampler], [agent, gateway, sampler]: collector does the work of gateway and sampler in one process",
  ],
  "a role that is not there": [
    setProd({ roles: ["agent", "proxy"] }),
    'roles.1: must be one or more of agent, gateway, sampler, collector, got "proxy"; write, for example, [agent, gateway, sampler]',
  ],
  "a sampler that is told to keep nothing": [
    setProd({ tailSampling: { errors: false } }),
    "tailSampling: a sampler without policies has nothing to decide on; write what to keep, as { errors: true, percent: 10 }, or samplingBudget, or write collector instead of gateway and sampler",
  ],
  "more than all traces": [
    setProd({ tailSampling: { percent: 101 } }),
    'tailSampling.percent: must be at most 100, got 101; write, for example, { errors: true, slowerThan: "2s", percent: 10 }',
  ],
  "less than no traces": [
    setProd({ tailSampling: { percent: -1 } }),
    'tailSampling.percent: must be at least 0, got -1; write, for example, { errors: true, slowerThan: "2s", percent: 10 }',
  ],
  "slow traces without unit": [
    setProd({ tailSampling: { slowerThan: "500" } }),
    'tailSampling.slowerThan: must be a duration with its unit, got "500"; write, for example, { errors: true, slowerThan: "2s", percent: 10 }',
  ],
  "an attribute without values": [
    setProd({ tailSampling: { attributes: { tenant: [] } } }),
    "sampler.tail_sampling.keep.attributes.tenant: empty; write the values to keep",
  ],
  "a value of an attribute that is none": [
    setProd({ tailSampling: { attributes: { tenant: ["gold", null] } } }),
    'tailSampling.attributes.tenant.1: must be a string, a number, true, false or { min, max }, got null; write, for example, { errors: true, slowerThan: "2s", percent: 10 }',
  ],
  "a range of numbers without an end": [
    setProd({ tailSampling: { attributes: { "http.response.status_code": [503, {}] } } }),
    "tailSampling.attributes.http.response.status_code.1: has neither min nor max, got {}; write { min: 500 }, { max: 599 } or both",
  ],
  "a budget of nothing": [
    setProd({ tailSampling: { spansPerSecond: 0 } }),
    'tailSampling.spansPerSecond: must be at least 1, got 0; write, for example, { errors: true, slowerThan: "2s", percent: 10 }',
  ],
  "a policy in the Collector's words": [
    setProd({ tailSampling: { sampling_percentage: 10 } }),
    "tailSampling.sampling_percentage: unknown setting; use one of errors, slowerThan, attributes, spansPerSecond, percent",
  ],
  "a decision that waits for ten minutes": [
    setProd({ sampler: { decisionWait: "10m" } }),
    'sampler.decisionWait: not between 0 and 5m; spans accepted during this time are only in memory, got "10m"; write the usual duration of a trace plus 10 s for its senders',
  ],
  "a decision that does not wait": [
    setProd({ sampler: { decisionWait: "0s" } }),
    'sampler.decisionWait: not between 0 and 5m; spans accepted during this time are only in memory, got "0s"; write the usual duration of a trace plus 10 s for its senders',
  ],
  "a sampler without room for what waits": [
    setProd({ memory: { sampler: "256 MiB" } }),
    'memory.sampler: not enough for 500 traces of 20 KiB a second held for 30s in a single process while the others are down, plus its state for metric names, got "256 MiB"; write "555 MiB" or more, or lower sampler.decisionWait or sampler.tracesPerSecond',
  ],
  "more series of a service than there is memory for": [
    setProd({ names: { seriesPerService: 10_000 } }),
    'names.seriesPerService: 8 services at this limit need 756 MiB, more than a quarter of memory.gateway (1 GiB), got 10000; write at most 3389, or memory.gateway: "3022 MiB"',
  ],
  "more calls that wait than there is memory for": [
    setProd({ sampler: { decisionWait: "5s", tracesPerSecond: 10_000 } }),
    'sampler.tracesPerSecond: 600000 half-matched calls waiting for their other end need 586 MiB, more than an eighth of memory.sampler (4 GiB), got 10000; write memory.sampler: "4688 MiB", or at most 8738',
  ],
  "identifiers that are neither replaced nor kept": [
    setProd({ names: { identifiers: "hide" } }),
    'names.identifiers: must be replace or keep, got "hide"; write, for example, { identifiers: replace, seriesPerService: 500 }',
  ],
  "one Collector that samples without room for what waits": [
    setProd({ roles: ["agent", "collector"], sampler: { tracesPerSecond: 1000 } }),
    'memory.collector: not enough for 1000 traces of 20 KiB a second held for 30s in a single process while the others are down, plus its state for metric names, got "512 MiB"; write "1946 MiB" or more, or lower sampler.decisionWait or sampler.tracesPerSecond',
  ],
  "an agent that is exposed and not there": [
    setProd({ roles: ["gateway", "sampler"] }),
    "expose.agent/otlp-grpc: no workload has this port; name one of gateway/otlp-grpc, gateway/otlp-http, jaeger/query, jaeger/sampling, prometheus/http, victorialogs/http, grafana/http",
    "expose.agent/otlp-http: no workload has this port; name one of gateway/otlp-grpc, gateway/otlp-http, jaeger/query, jaeger/sampling, prometheus/http, victorialogs/http, grafana/http",
  ],
  "an exposed port that is not there": [
    setProd({ kubernetes: { expose: { "jaeger/ui": { kind: "cluster" } } } }),
    "expose.jaeger/ui: no workload has this port; name one of agent/otlp-grpc, agent/otlp-http, jaeger/query, jaeger/sampling, prometheus/http, victorialogs/http, grafana/http",
  ],
  "an exposed port that is not for the outside": [
    setProd({ kubernetes: { expose: { "sampler/otlp-grpc": { kind: "cluster" } } } }),
    'expose.sampler/otlp-grpc.reach: this port cannot be exposed, got "platform"; remove it',
  ],
  "a way to expose that is not there": [
    setProd({ kubernetes: { expose: { "jaeger/query": { kind: "node-port" } } } }),
    'expose.jaeger/query.kind: unknown way to expose a port, got "node-port"; write one of cluster, ingress, route, load-balancer',
  ],
  "an ingress that asks nobody": [
    setProd({ kubernetes: { expose: { "jaeger/query": ingress } } }),
    "expose.jaeger/query.authentication: missing: anyone would have access without authentication; set its kind to one of own, basic, forward, elsewhere",
  ],
  "an ingress for which Loki should ask": [
    setProd({
      logs: { kind: "loki" },
      kubernetes: { expose: { "loki/http": { ...ingress, authentication: { kind: "own" } } } },
    }),
    'expose.loki/http.authentication.kind: the program has no authentication: anyone who finds the address would have access, got "own"; expose it by ingress or route with authentication, or give the program a token if it supports one',
  ],
  "an ingress without a certificate": [
    setProd({
      kubernetes: { expose: { "grafana/http": { ...ingress, tls: undefined, authentication: { kind: "own" } } } },
    }),
    "expose.grafana/http.tls: no certificate: passwords and traces would be sent unencrypted; name a Secret that contains one",
  ],
  "OTLP for the world without a token": [
    setProd({
      kubernetes: { expose: { "agent/otlp-grpc": { kind: "load-balancer", tls: { by: "the load balancer" } } } },
    }),
    'expose.agent/otlp-grpc.kind: the program has no authentication: anyone who finds the address would have access, got "load-balancer"; expose it by ingress or route with authentication, or give the program a token if it supports one',
  ],
  "OTLP for the world without encryption": [
    setProd({
      otlpTokens: { payments: "token" },
      kubernetes: { expose: { "agent/otlp-grpc": { kind: "load-balancer" } } },
    }),
    "expose.agent/otlp-grpc.tls.by: no program of the stack terminates TLS; name what terminates it, such as the load balancer",
  ],
  "traces in the memory of a pod": [
    setProd({ storage: { kind: "memory" } }),
    'storage.kind: a pod that moves to another node loses every trace, got "memory"; write { kind: badger, size: "20 GiB" }',
  ],
  "settings of a Docker host": [
    setProd({
      dockerHost: "ssh://me@host",
      otlpAddress: "10.0.0.1",
      otlpTokens: { payments: "token" },
      ports: { jaeger: 26686 },
    }),
    'dockerHost: has no effect when platform is kubernetes, got "ssh://me@host"; set kubernetes.context or kubernetes.kubeconfig',
    'otlpAddress: has no effect when platform is kubernetes, got "10.0.0.1"; add agent/otlp-grpc to kubernetes.expose',
    'ports: has no effect when platform is kubernetes, got {"otlpGrpc":4317,"otlpHttp":4318,"jaeger":26686,"sampling":5778,"prometheus":9090,"alertmanager":9093,"victorialogs":9428,"loki":3100,"grafana":3000}; remove it: on Kubernetes every Service has its own ports',
  ],
  "settings of a cluster on a Docker host": [
    setProd({ platform: "docker", roles: ["collector"], tailSampling: {}, kubernetes: { namespace: "tracing" } }),
    'kubernetes: has no effect when platform is docker, got {"namespace":"tracing"}; remove it, or set platform: kubernetes',
  ],
  "several samplers on one Docker host": [
    setProd({ platform: "docker", kubernetes: {} }),
    "sampler.placement.replicas: replicas cannot share a persistent volume, got 2; set replicas to 1",
  ],
  "an image whose version nobody knows": [
    setProd({ images: { collector: { tag: "mine" } } }),
    'images.collector.version: missing, but tag is "mine"; write the version of the program in that image, as "2.20.0"',
  ],
  "a namespace that is the cluster's": [
    setProd({ kubernetes: { namespace: "default" } }),
    'namespace: belongs to the cluster: if the stack created it, the stack would also delete it, got "default"; choose another namespace, or set createNamespaces to false',
  ],
  "agents among all else": [
    setProd({ kubernetes: { namespace: "tracing", agentNamespace: "tracing" } }),
    'agentNamespace: that of namespace: Pod Security lets what reads files of a node do what nothing else may, and it knows namespaces alone, got "tracing"; give each a namespace of its own',
  ],
  "a label that is the stack's own": [
    setProd({ kubernetes: { labels: { "app.kubernetes.io/name": "traces" } } }),
    "labels.app.kubernetes.io/name: set by the stack; remove it",
  ],
  "a storage class that no cluster has": [
    setProd({ kubernetes: { storageClass: "Fast SSD" } }),
    'storageClass: not a DNS name, got "Fast SSD"; use lower case letters, digits, hyphens and dots, or remove it',
  ],
  "a misspelt setting of the cluster": [
    setProd({ kubernetes: { storageclass: "fast" } }),
    "kubernetes.storageclass: unknown setting; did you mean storageClass?",
  ],
  "a budget that blocks drains": [
    setProd({ kubernetes: { minAvailable: { sampler: 2 } } }),
    "minAvailable.sampler: with 2 running, no pod could be evicted, so their nodes could not be drained, got 2; write 1 or less, or add replicas",
  ],
  "no version of secrets": [
    setProd({ kubernetes: { secretsVersion: 0 } }),
    "secretsVersion: not a valid version, got 0; write 1, and increase it with each new password",
  ],
  "CPUs in the words of Kubernetes": [
    setProd({ cpu: { sampler: "500m" } }),
    'cpu.sampler: must be a number of CPUs, got "500m"; write, for example, 0.5',
  ],
  "a kubelet that is neither checked nor not": [
    setProd({ agent: { kubeletMetrics: "yes" } }),
    'agent.kubeletMetrics: must be off, unverified or verified, got "yes"; see docs/settings.md',
  ],
};
