import assert from "node:assert/strict";
import { dockerPlanner, type DockerHostOptions } from "../../../components/platforms/docker/plan";
import { Refusal } from "../../../components/core/problems";
import type { Workload } from "../../../components/core/workload";

const web: Workload = {
  name: "web",
  component: "test:Web",
  image: { repository: "example/web", tag: "1.0.0", user: "65534:65534" },
  ports: { http: { port: 8080 } },
  memory: "64 MiB",
};
const data = { kind: "persistent", name: "data", size: "1 GiB" } as const;

/** Each problem as `path: reason`. */
function refused(workloads: readonly Workload[], options: DockerHostOptions = { name: "dev" }): string[] {
  try {
    dockerPlanner(options).plan(workloads);
    return [];
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.subject, `docker host ${JSON.stringify(options.name)}`);
    return error.problems.map(({ path, reason }) => `${path}: ${reason}`);
  }
}

/** What one workload is refused for, by what is changed in it. */
const cases: Readonly<Record<string, readonly [Partial<Workload>, ...string[]]>> = {
  "nothing wrong": [{}],
  "its own problems": [
    { problems: [{ path: "retention", reason: "no unit", remedy: "write 72h" }] },
    "web.retention: no unit",
  ],
  "a bad name": [{ name: "Web_1" }, "Web_1.name: not a name"],
  "rights on the Kubernetes API": [
    { access: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }] },
    "web.access: a Docker host has no Kubernetes API",
  ],
  "no replicas": [{ placement: { replicas: 0 } }, "web.placement.replicas: not a number of replicas"],
  "less than no replicas": [{ placement: { replicas: -1 } }, "web.placement.replicas: not a number of replicas"],
  "half a replica": [{ placement: { replicas: 1.5 } }, "web.placement.replicas: not a number of replicas"],
  "replicas that share data": [
    { placement: { replicas: 2 }, volumes: { "/data": data } },
    "web.placement.replicas: replicas cannot share a persistent volume",
  ],
  "replicas that share a published port": [
    { placement: { replicas: 2 }, ports: { http: { port: 8080, reach: "outside" } } },
    "web.placement.replicas: two containers cannot publish the same port",
  ],
  "too little memory": [{ memory: "5 MiB" }, "web.memory: Docker gives a container at least 6 MiB"],
  "memory without unit": [
    { memory: "64" as Workload["memory"] },
    "web.memory: Docker gives a container at least 6 MiB",
  ],
  "no share of CPUs": [{ cpu: 0 }, "web.cpu: not a number of CPUs"],
  "grace without unit": [{ grace: "30" as "30s" }, "web.grace: not a duration"],
  "startup without unit": [
    { health: { port: "http", path: "/", startup: "soon" as "30s" } },
    "web.health.startup: not a duration",
  ],
  "an order of processes that are all alike": [
    { inTurn: true },
    "web.inTurn: only workloads with a persistent volume start in order",
  ],
  "waiting for what nobody can ask": [{ awaited: true }, "web.awaited: not every platform can tell when it is ready"],
  "a port that is none": [{ ports: { http: { port: 0 } } }, "web.ports.http: not a port"],
  "an outside port that is none": [{ ports: { http: { port: 80, outside: 70000 } } }, "web.ports.http: not a port"],
  "two ports of one number": [
    { ports: { a: { port: 80 }, b: { port: 80 } } },
    "web.ports.b: a listens on the same number",
  ],
  "one number for tcp and udp": [{ ports: { a: { port: 80 }, b: { port: 80, protocol: "udp" } } }],
  "two ports under one outside number": [
    {
      ports: { a: { port: 80, reach: "outside", outside: 1234 }, b: { port: 81, reach: "outside", outside: 1234 } },
    },
    "web.ports.b.outside: web.ports.a is published under the same number",
  ],
  "health of a port it has not": [{ health: { port: "admin", path: "/" } }, "web.health.port: no such port"],
  "a file in a folder of the system": [
    { files: { "/etc/web.yaml": { content: "a" } } },
    "web.files./etc/web.yaml: a volume cannot be mounted on /etc",
  ],
  "a file at the root": [
    { files: { "/web.yaml": { content: "a" } } },
    "web.files./web.yaml: a volume cannot be mounted on /",
  ],
  "a file of the kernel": [
    { files: { "/proc/sys/web/a": { content: "a" } } },
    "web.files./proc/sys/web/a: a volume cannot be mounted on /proc/sys/web",
  ],
  "a file by a roundabout path": [
    { files: { "/etc/web/../a/b": { content: "a" } } },
    "web.files./etc/web/../a/b: not an absolute path",
  ],
  "an empty file": [{ files: { "/etc/web/a": { content: "" } } }, "web.files./etc/web/a: empty"],
  "files on a volume": [
    { files: { "/data/a": { content: "a" } }, volumes: { "/data": data } },
    "web.files./data: a volume is mounted on this folder",
  ],
  "files in a folder below a volume": [{ files: { "/data/conf/a": { content: "a" } }, volumes: { "/data": data } }],
  "a volume among files": [
    { files: { "/etc/web/a": { content: "a" } }, volumes: { "/etc/web/data": data } },
    "web.volumes./etc/web/data: is inside /etc/web, which is read-only",
  ],
  "files in a folder of the machine": [
    { files: { "/host/web/a": { content: "a" } }, volumes: { "/host": { kind: "host", path: "/var/log" } } },
    "web.files./host/web: is inside /host, which is read-only",
  ],
  "a volume on the root": [{ volumes: { "/": data } }, "web.volumes./: nothing can be mounted at this path"],
  "a volume without size": [
    { volumes: { "/data": { ...data, size: "much" as "1 GiB" } } },
    "web.volumes./data: not a size",
  ],
  "two volumes of one name": [{ volumes: { "/a": data, "/b": data } }, "web.volumes./b: another volume has this name"],
  "a relative folder of the machine": [
    { volumes: { "/a": { kind: "host", path: "logs" as "/logs" } } },
    "web.volumes./a: not an absolute path of the host",
  ],
  "volumes of two owners": [
    { volumes: { "/a": data, "/b": { ...data, name: "b", ownedByImage: true } } },
    "web.volumes./b.ownedByImage: one process cannot write to a folder of the image's user and to a folder of root",
  ],
};

describe("docker host refuses", () => {
  for (const [what, [change, ...problems]] of Object.entries(cases)) {
    it(what, () => assert.deepEqual(refused([{ ...web, ...change }]), problems));
  }

  it("two workloads of one name", () => {
    assert.deepEqual(refused([web, web]), ["web.name: web already has a container called dev-web"]);
  });

  it("a workload called as a part of another one", () => {
    const replicated: Workload = { ...web, placement: { replicas: 2 }, files: { "/etc/web/a": { content: "a" } } };
    assert.deepEqual(refused([replicated, { ...web, name: "web-2" }, { ...web, name: "web-files" }]), [
      "web-2.name: web already has a container called dev-web-2",
      "web-files.name: web already has a container called dev-web-files",
    ]);
  });

  it("two workloads that publish one number", () => {
    const outside: Workload = { ...web, ports: { http: { port: 8080, reach: "outside" } } };
    assert.deepEqual(refused([outside, { ...outside, name: "other" }]), [
      "other.ports.http.outside: web.ports.http is published under the same number",
    ]);
  });

  it("connections that lead nowhere, where it sees more than one workload", () => {
    const lost = { ...web, name: "lost", connects: [{ workload: "web", port: "grpc", number: 1 }] };
    const alone = { ...web, name: "alone", connects: [{ workload: "nobody", port: "http", number: 80 }] };
    assert.deepEqual(refused([web, lost, alone]), [
      "lost.connects: web has no such port",
      "alone.connects: no such workload",
    ]);
    assert.deepEqual(refused([alone]), []);
  });

  it("options that name no engine, no address or no port", () => {
    const options = {
      name: "Dev",
      host: "localhost:2375",
      address: "https://docker.example.com",
      bindAddress: "localhost",
      bindAddresses: { "web/http": "everywhere" },
    };
    assert.deepEqual(refused([web, { ...web, name: "other" }], options), [
      "name: not a name",
      "host: not the address of a Docker engine",
      "address: not a host name or address",
      "bindAddress: not an IP address",
      "bindAddresses.web/http: not an IP address",
      "bindAddresses.web/http: no such port is published",
    ]);
  });
});
