import assert from "node:assert/strict";
import { sentence } from "../../../components/core/problems";
import { exposureOf, outsideOf } from "../../../components/platforms/kubernetes/expose";
import { exposureProblems, unknownExposures } from "../../../components/platforms/kubernetes/expose-check";
import type { Exposure } from "../../../components/platforms/kubernetes/exposure";
import type { KubernetesOptions } from "../../../components/platforms/kubernetes/options";
import { agent, gateway, grafana, prometheus, sample, workloads } from "./sample";

const nginx = { "kubernetes.io/metadata.name": "ingress-nginx" };
const ingress = {
  kind: "ingress",
  host: "grafana.example.com",
  tls: "grafana-tls",
  authentication: { kind: "own" },
  from: nginx,
} as const satisfies Exposure;
const route = {
  kind: "route",
  host: "otlp.example.com",
  gateway: { name: "public", namespace: "gateways", section: "https" },
  authentication: { kind: "elsewhere", by: "SecurityPolicy otlp-token" },
  from: { "kubernetes.io/metadata.name": "gateways" },
} as const satisfies Exposure;
const loadBalancer = { kind: "load-balancer", tls: { by: "the load balancer" } } as const satisfies Exposure;

const exposing = (expose: Readonly<Record<string, Exposure>>): KubernetesOptions => ({ name: "prod", expose });

const objects = (name: string, exposure: Exposure) => {
  const workload = name.startsWith("grafana") ? grafana : name.startsWith("agent") ? agent : prometheus;
  return exposureOf(exposing({ [name]: exposure }), workload);
};

/** No controller need answer. */
const unawaited = { "pulumi.com/skipAwait": "true" };

describe("an exposed port", () => {
  it("is led to by an Ingress with TLS, and says who asks", () => {
    const [object, ...rest] = objects("grafana/http", ingress);
    const backend = { service: { name: "grafana", port: { number: 3000 } } };
    assert.deepEqual(rest, []);
    assert.deepEqual(object, {
      type: "kubernetes:networking.k8s.io/v1:Ingress",
      name: "grafana-http",
      inputs: {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: {
          name: "grafana-http",
          namespace: "prod",
          labels: {
            "app.kubernetes.io/managed-by": "sightline",
            "app.kubernetes.io/name": "grafana",
            "app.kubernetes.io/part-of": "prod",
            "app.kubernetes.io/version": "1.2.3",
          },
          annotations: { ...unawaited, "sightline.dev/authentication": "own" },
        },
        spec: {
          tls: [{ hosts: ["grafana.example.com"], secretName: "grafana-tls" }],
          rules: [{ host: "grafana.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
        },
      },
    });
  });

  it("is asked for in the words of ingress-nginx, which no other annotation takes back", () => {
    const annotations = (exposure: Partial<typeof ingress> | object) =>
      objects("prometheus/http", { ...ingress, ...exposure } as Exposure)[0]?.inputs.metadata.annotations;
    assert.deepEqual(annotations({ authentication: { kind: "basic", by: "ingress-nginx", secret: "users" } }), {
      ...unawaited,
      "nginx.ingress.kubernetes.io/auth-type": "basic",
      "nginx.ingress.kubernetes.io/auth-secret": "users",
      "nginx.ingress.kubernetes.io/auth-realm": "prometheus of prod",
    });
    const forward = { kind: "forward", by: "ingress-nginx", url: "https://auth.example.com/check" };
    assert.deepEqual(annotations({ authentication: forward }), {
      ...unawaited,
      "nginx.ingress.kubernetes.io/auth-url": "https://auth.example.com/check",
    });
    assert.deepEqual(
      annotations({
        authentication: { ...forward, signIn: "https://auth.example.com/start" },
        grpc: true,
        annotations: { "nginx.ingress.kubernetes.io/auth-url": "", "example.com/team": "shop" },
      }),
      {
        ...unawaited,
        "nginx.ingress.kubernetes.io/backend-protocol": "GRPC",
        "nginx.ingress.kubernetes.io/auth-url": "https://auth.example.com/check",
        "nginx.ingress.kubernetes.io/auth-signin": "https://auth.example.com/start",
        "example.com/team": "shop",
      },
    );
    assert.deepEqual(annotations({ authentication: { kind: "elsewhere", by: "Middleware auth" } }), {
      ...unawaited,
      "sightline.dev/authentication": "Middleware auth",
    });
  });

  it("is of the class that the settings name", () => {
    const spec = objects("grafana/http", { ...ingress, className: "public" })[0]?.inputs["spec"];
    assert.equal((spec as { ingressClassName: string }).ingressClassName, "public");
  });

  it("is led to by a route of the one listener that ends TLS", () => {
    const [object] = objects("agent/otlp-grpc", { ...route, grpc: true });
    assert.equal(object?.type, "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute");
    assert.equal(object?.inputs.metadata.namespace, "prod-agents");
    assert.deepEqual(object?.inputs.metadata.annotations, {
      "sightline.dev/authentication": "SecurityPolicy otlp-token",
    });
    assert.deepEqual(object?.inputs["spec"], {
      parentRefs: [{ name: "public", namespace: "gateways", sectionName: "https" }],
      hostnames: ["otlp.example.com"],
      rules: [{ backendRefs: [{ name: "agent", port: 4317 }] }],
    });
    assert.equal(objects("agent/otlp-grpc", route)[0]?.inputs.kind, "HTTPRoute");
  });

  it("is led to by a load balancer of its own, that keeps the address of who calls", () => {
    const [object] = objects("grafana/http", {
      ...loadBalancer,
      sources: ["203.0.113.0/24"],
      annotations: { "example.com/certificate": "c" },
    });
    assert.equal(object?.type, "kubernetes:core/v1:Service");
    assert.deepEqual(object?.inputs.metadata.annotations, { ...unawaited, "example.com/certificate": "c" });
    assert.deepEqual(object?.inputs["spec"], {
      type: "LoadBalancer",
      selector: { "app.kubernetes.io/name": "grafana", "app.kubernetes.io/part-of": "prod" },
      ports: [{ name: "http", port: 80, targetPort: 3000, protocol: "TCP" }],
      loadBalancerSourceRanges: ["203.0.113.0/24"],
      externalTrafficPolicy: "Local",
    });
  });

  it("needs nothing but its policy inside the cluster", () => {
    assert.deepEqual(objects("agent/otlp-grpc", { kind: "cluster" }), []);
  });

  it("is found under the name it was given, and a load balancer under none that is known before", () => {
    const outside = (exposure: Exposure) => outsideOf(exposing({ "grafana/http": exposure }), grafana)["http"];
    assert.deepEqual(outside(ingress), { host: "grafana.example.com", port: 443, secure: true });
    assert.deepEqual(outside(route), { host: "otlp.example.com", port: 443, secure: true });
    assert.deepEqual(outside({ kind: "cluster" }), { host: "grafana.prod.svc.cluster.local", port: 3000 });
    assert.deepEqual(outside(loadBalancer), undefined);
    assert.deepEqual(outsideOf({ name: "prod" }, gateway), {
      "otlp-grpc": undefined,
      metrics: undefined,
      health: undefined,
    });
  });
});

describe("exposing a port", () => {
  /** As it may stand in a settings file. */
  const problems = (name: string, exposure: unknown) =>
    exposureProblems(exposing({ [name]: exposure as Exposure }), workloads).map(sentence);

  it("is agreed to where all is said", () => {
    assert.deepEqual(problems("grafana/http", ingress), []);
    assert.deepEqual(problems("grafana/http", route), []);
    assert.deepEqual(problems("grafana/http", { ...loadBalancer, sources: ["203.0.113.0/24", "2001:db8::/32"] }), []);
    assert.deepEqual(problems("agent/otlp-grpc", { kind: "cluster", namespaces: { team: "shop" } }), []);
    for (const authentication of [
      { kind: "basic", by: "ingress-nginx", secret: "users" },
      { kind: "forward", by: "ingress-nginx", url: "http://auth.auth.svc/check" },
      { kind: "elsewhere", by: "oauth2-proxy" },
    ]) {
      assert.deepEqual(problems("prometheus/http", { ...ingress, authentication }), []);
    }
  });

  it("is refused without TLS, without somebody who asks, and without a name", () => {
    assert.deepEqual(problems("grafana/http", { kind: "ingress" }), [
      "expose.grafana/http.host: not a host name; write only the name, as traces.example.com",
      "expose.grafana/http.from: names no namespace; write labels, as kubernetes.io/metadata.name: ingress-nginx",
      "expose.grafana/http.tls: no certificate: passwords and traces would be sent unencrypted; name a Secret that contains one",
      "expose.grafana/http.authentication: missing: anyone would have access without authentication; set its kind to one of own, basic, forward, elsewhere",
    ]);
    assert.deepEqual(problems("grafana/http", { ...ingress, host: "", tls: " ", from: {} }), [
      'expose.grafana/http.host: not a host name, got ""; write only the name, as traces.example.com',
      "expose.grafana/http.from: names no namespace, got {}; write labels, as kubernetes.io/metadata.name: ingress-nginx",
      'expose.grafana/http.tls: no certificate: passwords and traces would be sent unencrypted, got " "; name a Secret that contains one',
    ]);
    for (const host of ["https://a.example.com", "a.example.com:443", "A.example.com", "-a.example.com", "a..b", 7]) {
      assert.equal(problems("grafana/http", { ...ingress, host }).length, 1, String(host));
    }
  });

  it("is refused where the program is said to ask, but asks nobody", () => {
    const open =
      "the program has no authentication: anyone who finds the address would have access, got %; " +
      "expose it by ingress or route with authentication, or give the program a token if it supports one";
    assert.deepEqual(problems("prometheus/http", ingress), [
      `expose.prometheus/http.authentication.kind: ${open.replace("%", '"own"')}`,
    ]);
    assert.deepEqual(problems("prometheus/http", { ...route, authentication: { kind: "own" } }), [
      `expose.prometheus/http.authentication.kind: ${open.replace("%", '"own"')}`,
    ]);
    assert.deepEqual(problems("agent/otlp-grpc", loadBalancer), [
      `expose.agent/otlp-grpc.kind: ${open.replace("%", '"load-balancer"')}`,
    ]);
  });

  it("is refused where who asks is left open", () => {
    const asked = (authentication: object) => problems("grafana/http", { ...ingress, authentication });
    const others =
      "only ingress-nginx (and controllers that read its annotations) authenticates this way; others let everyone in%; " +
      "write ingress-nginx if it serves this class, or use kind elsewhere and name what authenticates";
    assert.deepEqual(asked({ kind: "basic", by: "traefik" }), [
      `expose.grafana/http.authentication.by: ${others.replace("%", ', got "traefik"')}`,
      "expose.grafana/http.authentication.secret: no passwords; name a Secret with the key auth",
    ]);
    assert.deepEqual(asked({ kind: "forward", url: "auth.example.com", signIn: "" }), [
      `expose.grafana/http.authentication.by: ${others.replace("%", "")}`,
      'expose.grafana/http.authentication.url: not a web address, got "auth.example.com"; write it in full, starting with https://',
      'expose.grafana/http.authentication.signIn: not a web address, got ""; write it in full, starting with https://',
    ]);
    assert.deepEqual(asked({ kind: "elsewhere", by: "" }), [
      'expose.grafana/http.authentication.by: missing, got ""; name what authenticates, so that others can find it',
    ]);
    assert.deepEqual(asked({ kind: "none" }), [
      'expose.grafana/http.authentication.kind: unknown kind of authentication, got "none"; write one of own, basic, forward, elsewhere',
    ]);
  });

  it("is refused by route where a plain listener might hear it, or a gateway is to ask", () => {
    assert.deepEqual(
      problems("grafana/http", {
        ...route,
        gateway: { name: "public" },
        authentication: { kind: "basic", by: "ingress-nginx", secret: "users" },
      }),
      [
        "expose.grafana/http.gateway.namespace: missing: the route must name a gateway and a listener; name it; the listener must terminate TLS",
        "expose.grafana/http.gateway.section: missing: the route must name a gateway and a listener; name it; the listener must terminate TLS",
        'expose.grafana/http.authentication.kind: unknown kind of authentication, got "basic"; write one of own, elsewhere',
      ],
    );
  });

  it("is refused by load balancer where nothing ends TLS, or no address could be meant", () => {
    const remedy = "write ranges as 203.0.113.0/24, or remove sources to allow all addresses";
    assert.deepEqual(problems("grafana/http", { kind: "load-balancer" }), [
      "expose.grafana/http.tls.by: no program of the stack terminates TLS; name what terminates it, such as the load balancer",
    ]);
    assert.deepEqual(problems("grafana/http", { ...loadBalancer, sources: [] }), [
      `expose.grafana/http.sources: no address ranges, got []; ${remedy}`,
    ]);
    assert.deepEqual(
      problems("grafana/http", {
        ...loadBalancer,
        sources: ["203.0.113.0/24", "203.0.113.7", "10.0.0.0/33", "x/8", "::/129", "::/0"],
      }),
      ["203.0.113.7", "10.0.0.0/33", "x/8", "::/129"].map(
        (range, i) =>
          `expose.grafana/http.sources.${i + 1}: not an address range, got ${JSON.stringify(range)}; ${remedy}`,
      ),
    );
  });

  it("is refused in ways there are not, and for ports that are not for the outside", () => {
    const kinds = "write one of cluster, ingress, route, load-balancer";
    assert.deepEqual(problems("grafana/http", { kind: "nodeport" }), [
      `expose.grafana/http.kind: unknown way to expose a port, got "nodeport"; ${kinds}`,
    ]);
    assert.deepEqual(problems("grafana/http", null), [
      `expose.grafana/http.kind: unknown way to expose a port; ${kinds}`,
    ]);
    assert.deepEqual(problems("grafana/http", { kind: "constructor" }).length, 1);
    assert.deepEqual(problems("agent/metrics", { kind: "cluster" }), [
      'expose.agent/metrics.reach: this port cannot be exposed, got "platform"; expose one of agent/otlp-grpc',
    ]);
    assert.deepEqual(problems("gateway/health", { kind: "cluster" }), [
      'expose.gateway/health.reach: this port cannot be exposed, got "workload"; remove it',
    ]);
  });

  it("is refused for UDP where only the web comes in, and with what is not text", () => {
    const udp = sample("udp", { ports: { spans: { port: 6831, protocol: "udp", reach: "outside", asks: true } } });
    const exposure = { ...ingress, annotations: { "example.com/on": true }, from: { team: 7 } } as unknown as Exposure;
    assert.deepEqual(exposureProblems(exposing({ "udp/spans": exposure }), [udp]).map(sentence), [
      "expose.udp/spans.from.team: not a string, got 7; put it in quotes",
      "expose.udp/spans.kind: only HTTP and gRPC can be exposed this way; expose it by load-balancer or cluster",
      "expose.udp/spans.annotations.example.com/on: not a string, got true; put it in quotes",
    ]);
  });

  it("is refused with settings that nobody would read", () => {
    assert.deepEqual(problems("grafana/http", { ...loadBalancer, source: ["203.0.113.0/24"] }), [
      "expose.grafana/http.source: unknown setting; write one of kind, tls, annotations, sources",
    ]);
    assert.deepEqual(problems("grafana/http", { ...ingress, className: 7, grpc: "yes", annotations: ["a"] }), [
      'expose.grafana/http.grpc: neither true nor false, got "yes"; write true without quotes',
      "expose.grafana/http.className: not a valid class name, got 7; name one, or remove it",
      'expose.grafana/http.annotations: not a map of strings, got ["a"]; write one per line, as name: text',
    ]);
  });

  it("is refused twice under one name", () => {
    const both = exposing({ "grafana/http": ingress, "agent/otlp-grpc": { ...route, host: ingress.host } });
    assert.deepEqual(exposureProblems(both, workloads).map(sentence), [
      'expose.agent/otlp-grpc.host: grafana/http has this name, got "grafana.example.com"; give each port its own host name',
    ]);
  });

  it("is refused for ports that nobody has", () => {
    const settings = exposing({ "grafana/http": ingress, "grafana/https": ingress, "kibana/http": ingress });
    const remedy = "name one of agent/otlp-grpc, prometheus/http, grafana/http";
    assert.deepEqual(unknownExposures(settings, workloads).map(sentence), [
      `expose.grafana/https: no workload has this port; ${remedy}`,
      `expose.kibana/http: no workload has this port; ${remedy}`,
    ]);
  });
});
