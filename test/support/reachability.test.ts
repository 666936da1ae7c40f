import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { reachability, type AnyManifest, type Peer } from "./reachability";

/** Namespaces default (project=none), mine (project=myproject) and other, with a client and a database where they matter. */
const cluster = `
kind: Namespace
metadata: { name: default }
---
kind: Namespace
metadata: { name: mine, labels: { project: myproject } }
---
kind: Namespace
metadata: { name: other }
---
kind: Deployment
metadata: { name: db, namespace: default }
spec:
  template:
    metadata: { labels: { role: db } }
    spec: { containers: [{ ports: [{ name: redis, containerPort: 6379 }, { containerPort: 53, protocol: UDP }] }] }
---
kind: StatefulSet
metadata: { name: frontend, namespace: default }
spec: { template: { metadata: { labels: { role: frontend } }, spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } }
---
kind: DaemonSet
metadata: { name: batch, namespace: default }
spec: { template: { metadata: { labels: { role: batch } }, spec: { containers: [{}] } } }
---
kind: Pod
metadata: { name: client, namespace: mine, labels: { role: client } }
spec: { containers: [{}] }
---
kind: Pod
metadata: { name: client, namespace: other, labels: { role: client } }
spec: { containers: [{}] }
`;

const read = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as AnyManifest);

const policy = (spec: string) => `
---
kind: NetworkPolicy
metadata: { name: p, namespace: default }
spec: ${spec}`;

const edges = (...policies: string[]) => reachability(read(cluster + policies.map(policy).join(""))).edges;
const toDatabase = (...policies: string[]) =>
  edges(...policies)
    .filter((edge) => edge.endsWith("6379/TCP"))
    .map((edge) => edge.split(" > ")[0]);

const everybody = ["default/batch", "default/db", "default/frontend", "mine/client", "other/client"];

/** Cases that the Kubernetes documentation spells out. */
describe("the model of reachability", () => {
  it("lets everybody reach everything where no policy selects a pod", () => {
    assert.deepEqual(toDatabase(), everybody);
    assert.equal(edges().length, 5 * 3);
    assert.deepEqual(toDatabase("{ podSelector: { matchLabels: { role: frontend } }, ingress: [] }"), everybody);
  });

  it("denies all that comes in, or all that goes out, by a policy without rules", () => {
    assert.deepEqual(edges("{ podSelector: {}, policyTypes: [Ingress] }"), []);
    assert.deepEqual(toDatabase("{ podSelector: {}, policyTypes: [Egress] }"), ["mine/client", "other/client"]);
    assert.deepEqual(edges("{ podSelector: {}, policyTypes: [Ingress, Egress] }"), []);
  });

  it("allows all by one empty rule, whatever other policies say", () => {
    assert.deepEqual(
      toDatabase("{ podSelector: {}, policyTypes: [Ingress] }", "{ podSelector: {}, ingress: [{}] }"),
      everybody,
    );
    assert.deepEqual(
      toDatabase(
        "{ podSelector: {}, policyTypes: [Egress] }",
        "{ podSelector: {}, policyTypes: [Egress], egress: [{}] }",
      ),
      everybody,
    );
  });

  it("takes a policy without types as one of ingress, and of egress too where it has rules for that", () => {
    assert.deepEqual(toDatabase("{ podSelector: { matchLabels: { role: frontend } } }"), everybody);
    assert.deepEqual(
      toDatabase("{ podSelector: { matchLabels: { role: frontend } }, egress: [] }"),
      everybody.filter((pod) => pod !== "default/frontend"),
    );
  });

  it("takes a pod selector alone as one of the policy's own namespace", () => {
    assert.deepEqual(
      toDatabase("{ podSelector: { matchLabels: { role: db } }, ingress: [{ from: [{ podSelector: {} }] }] }"),
      ["default/batch", "default/db", "default/frontend"],
    );
  });

  it("tells a namespace and a pod in one peer from a namespace or a pod in two", () => {
    const both =
      "{ podSelector: { matchLabels: { role: db } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { project: myproject } }, podSelector: { matchLabels: { role: client } } }] }] }";
    const either =
      "{ podSelector: { matchLabels: { role: db } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { project: myproject } } }, { podSelector: { matchLabels: { role: frontend } } }] }] }";
    assert.deepEqual(toDatabase(both), ["mine/client"]);
    assert.deepEqual(toDatabase(either), ["default/frontend", "mine/client"]);
  });

  it("knows namespaces by the name that the API server labels them with", () => {
    assert.deepEqual(
      toDatabase(
        "{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [mine, other] }] } }] }] }",
      ),
      ["mine/client", "other/client"],
    );
  });

  it("reads the other expressions of selectors", () => {
    const where = (expression: string) =>
      toDatabase(
        `{ podSelector: { matchLabels: { role: db } }, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [${expression}] } }] }] }`,
      );
    assert.deepEqual(where("{ key: project, operator: Exists }"), ["mine/client"]);
    assert.deepEqual(
      where("{ key: project, operator: DoesNotExist }"),
      everybody.filter((pod) => pod !== "mine/client"),
    );
    assert.deepEqual(
      where("{ key: project, operator: NotIn, values: [myproject] }"),
      everybody.filter((pod) => pod !== "mine/client"),
    );
  });

  it("needs both ends to agree", () => {
    const out =
      "{ podSelector: { matchLabels: { role: frontend } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { role: db } } }] }] }";
    const closed = "{ podSelector: { matchLabels: { role: db } }, policyTypes: [Ingress] }";
    assert.ok(toDatabase(out).includes("default/frontend"));
    assert.deepEqual(toDatabase(out, closed), []);
  });

  it("tells ports by number, range, name and protocol, TCP where none is said", () => {
    const ports = (list: string) =>
      edges(
        `{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { role: batch } } }], ports: [${list}] }] }`,
      );
    assert.deepEqual(ports("{ port: 6379 }"), ["default/batch > default/db:6379/TCP"]);
    assert.deepEqual(ports("{ port: redis }"), ["default/batch > default/db:6379/TCP"]);
    assert.deepEqual(ports("{ port: 53, protocol: UDP }"), ["default/batch > default/db:53/UDP"]);
    assert.deepEqual(ports("{ port: 53 }"), []);
    assert.deepEqual(ports("{ protocol: UDP }"), ["default/batch > default/db:53/UDP"]);
    assert.deepEqual(ports("{ port: 80, endPort: 6379 }"), [
      "default/batch > default/db:6379/TCP",
      "default/batch > default/frontend:80/TCP",
    ]);
  });

  it("tells addresses by range, less what is excepted", () => {
    const block =
      "{ podSelector: { matchLabels: { role: db } }, policyTypes: [Ingress, Egress], ingress: [{ from: [{ ipBlock: { cidr: 172.17.0.0/16, except: [172.17.1.0/24] } }], ports: [{ port: 6379 }] }], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/24 } }], ports: [{ port: 5978 }] }] }";
    const { pods, opens } = reachability(read(cluster + policy(block)));
    const database = pods.find(({ id }) => id === "default/db") as Peer;
    const at = (address: string): Peer => ({ address });
    assert.equal(opens(at("172.17.2.9"), database, 6379), true);
    assert.equal(opens(at("172.17.1.9"), database, 6379), false);
    assert.equal(opens(at("172.18.0.9"), database, 6379), false);
    assert.equal(opens(at("172.17.2.9"), database, 6380), false);
    assert.equal(opens(at("2001:db8::1"), database, 6379), false);
    assert.equal(opens(database, at("10.0.0.5"), 5978), true);
    assert.equal(opens(database, at("10.0.1.5"), 5978), false);
    assert.equal(opens(database, at("10.0.0.5"), 5979), false);
  });
});
