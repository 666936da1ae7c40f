import assert from "node:assert/strict";
import { inspect } from "node:util";
import { external } from "../../components/core/platform";
import { Refusal, type Problem } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { job, jobCases } from "./platform-contract-jobs";
import { isSame, Owner, plain, planned, problemPaths, run, type Cases, type Exam } from "./platform-exam";
import { label, record, texts } from "./recorder";

/** Describes a workload that uses all that a platform must carry out. */
export const agent = {
  name: "agent",
  component: "test:Agent",
  image: { repository: "example/agent", tag: "1.0.0", user: "10001:10001" },
  args: ["--config=/etc/agent/agent.yaml"],
  env: { LOG: "info", TOKEN: { secret: "s3cret-env" } },
  files: {
    "/etc/agent/agent.yaml": { content: "listen: 4317\n" },
    "/etc/agent/tls/key.pem": { secret: "s3cret-file" },
  },
  volumes: {
    "/var/lib/agent": { kind: "persistent", name: "data", size: "1 GiB" },
    "/tmp": { kind: "scratch", size: "64 MiB" },
  },
  ports: {
    otlp: { port: 4317, reach: "outside", outside: 14317 },
    metrics: { port: 8888 },
    health: { port: 13133, reach: "workload" },
  },
  health: { port: "health", path: "/", command: ["/agent", "check"] },
  memory: "256 MiB",
  cpu: 0.5,
  grace: "20s",
} as const satisfies Workload;

const neighbour: Workload = {
  name: "neighbour",
  component: "test:Neighbour",
  image: { repository: "example/neighbour", tag: "1.0.0", user: "10001:10001" },
  files: { "/etc/neighbour/neighbour.yaml": { content: "a: 1\n" } },
  ports: { http: { port: 9090 } },
  connects: [{ workload: "agent", port: "otlp", number: 4317 }],
  memory: "128 MiB",
};

/** Each of these changes what runs. */
const changes: Readonly<Record<string, Partial<Workload>>> = {
  image: { image: { ...agent.image, tag: "1.0.1" } },
  args: { args: ["--config=/etc/agent/other.yaml"] },
  "an environment variable": { env: { ...agent.env, LOG: "debug" } },
  "a file": { files: { ...agent.files, "/etc/agent/agent.yaml": { content: "listen: 4318\n" } } },
  "one file less": { files: { "/etc/agent/agent.yaml": agent.files["/etc/agent/agent.yaml"] } },
  "the size of a scratch volume": { volumes: { ...agent.volumes, "/tmp": { kind: "scratch", size: "128 MiB" } } },
  "a folder of the machine": { volumes: { ...agent.volumes, "/host": { kind: "host", path: "/var/log" } } },
  "the number a port has outside": { ports: { ...agent.ports, otlp: { ...agent.ports.otlp, outside: 24317 } } },
  "a health command": { health: { ...agent.health, command: ["/agent", "ready"] } },
  memory: { memory: "512 MiB" },
  cpu: { cpu: 1 },
  grace: { grace: "40s" },
  drain: { drain: "10s" },
  "a host outside the stack": { externals: [{ host: "example.org", port: 443 }] },
  access: { access: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }] },
};

const cases: Cases = {
  "locates every port before the workload is described": ({ make }) => {
    const located = make().locate("agent", agent.ports);
    assert.deepEqual(Object.keys(located), ["otlp", "metrics", "health"]);
    assert.equal(located.otlp.port, 4317);
    assert.match(located.otlp.host, /^agent(\.|$)/);
    assert.deepEqual(located.otlp.of, { workload: "agent", port: "otlp" });
  },

  "plans the same objects every time": ({ make }) => {
    assert.deepEqual(make().plan([agent, neighbour]), make().plan([agent, neighbour]));
  },

  "plans no two objects of one type and name": ({ make }) => {
    const labels = make().plan([agent, neighbour]).map(label);
    assert.deepEqual(labels, [...new Set(labels)]);
  },

  "calls what belongs to a workload after it": ({ make }) => {
    const shared = new Set(make().plan([]).map(label));
    const own = make()
      .plan([agent])
      .filter((object) => !shared.has(label(object)));
    assert.deepEqual(
      own.filter(({ name }) => !/^agent(-|$)/.test(name)),
      [],
    );
    assert.ok(own.length > 0);
  },

  "brings every file to the engine": ({ make }) => {
    assert.ok(texts(plain(make().plan([agent]))).clear.includes("listen: 4317\n"));
  },

  "carries out every part of a description, or refuses it": ({ make, needless = {} }) => {
    const before = make().plan([agent]);
    const ignored = Object.entries(changes).filter(([, change]) => {
      const after = planned(make(), [{ ...agent, ...change }]);
      return !(after instanceof Refusal) && isSame(before, after);
    });
    assert.deepEqual(
      ignored.map(([what]) => what),
      Object.keys(needless),
    );
  },

  "changes only the workload whose file changed": ({ make }) => {
    const changed: Workload = { ...agent, ...changes["a file"] };
    const [before, after] = [make().plan([agent, neighbour]), make().plan([changed, neighbour])];
    const touched = after.filter((object) => !before.some((other) => isSame(object, other)));
    assert.ok(touched.length > 0);
    assert.deepEqual(
      touched.filter(({ name }) => !/^agent(-|$)/.test(name)),
      [],
    );
  },

  "keeps the data of a workload whatever else changes": ({ make, data }) => {
    const holder = (workload: Workload) => {
      const after = planned(make(), [workload]);
      return after instanceof Refusal ? undefined : (after.find((object) => label(object) === data) ?? "gone");
    };
    const before = holder(agent);
    assert.notEqual(before, "gone");
    for (const [what, change] of Object.entries(changes)) {
      const after = holder({ ...agent, ...change });
      if (after !== undefined) assert.deepEqual(after, before, what);
    }
  },

  "holds a persistent volume to its size": ({ make }) => {
    const larger: Workload = {
      ...agent,
      volumes: { ...agent.volumes, "/var/lib/agent": { ...agent.volumes["/var/lib/agent"], size: "2 GiB" } },
    };
    assert.notDeepEqual(make().plan([larger]), make().plan([agent]));
  },

  "lets only connected neighbours in": ({ make }) => {
    const stranger: Workload = { ...neighbour, connects: [] };
    assert.notDeepEqual(make().plan([agent, stranger]), make().plan([agent, neighbour]));
  },

  "shows no secret in a plan": ({ make }) => {
    const plan = make().plan([agent]);
    assert.doesNotMatch(JSON.stringify(plan), /s3cret/);
    assert.doesNotMatch(inspect(plan, { depth: null, showHidden: true }), /s3cret/);
  },

  "hands secrets over as Pulumi secrets alone": async ({ make }) => {
    const seen = await record(() => run(make(), agent));
    const all = texts(seen.map(({ inputs }) => inputs));
    assert.deepEqual(
      all.clear.filter((text) => text.includes("s3cret")),
      [],
    );
    assert.ok(
      all.secret.some((text) => text.includes("s3cret-env")),
      "the variable arrived",
    );
    assert.ok(
      all.secret.some((text) => text.includes("s3cret-file")),
      "the file arrived",
    );
  },

  ...jobCases(agent),

  "registers what it plans": async ({ make }) => {
    const seen = await record(() => {
      const platform = make();
      run(platform, agent);
      run(platform, neighbour);
      run(platform, job);
    });
    const registered = seen.filter(({ type }) => !/^(pulumi:|test:)/.test(type)).map(label);
    assert.deepEqual(registered, make().plan([agent, neighbour, job]).map(label).sort());
  },

  "gives every resource its own provider": async ({ make }) => {
    const seen = await record(() => run(make(), agent));
    const owned = seen.filter(({ type }) => !/^(pulumi:|test:)/.test(type));
    assert.deepEqual(owned.filter(({ provider }) => !provider?.includes("pulumi:providers:")).map(label), []);
  },

  "tells where the outside reaches a port, and where it cannot": async ({ make }) => {
    let outside: Readonly<Record<string, unknown>> = {};
    await record(() => {
      outside = make().run(agent, new Owner("owner")).outside;
    });
    assert.notEqual(outside["otlp"], undefined);
    assert.equal(outside["metrics"], undefined);
    assert.deepEqual(Object.keys(outside), ["otlp", "metrics", "health"]);
  },

  "says all problems of all workloads at once": ({ make }) => {
    const wrong: Problem = { path: "storage.retention", reason: "no unit", remedy: "write 72h" };
    const paths = problemPaths(make(), [
      { ...agent, problems: [wrong], memory: "0 MiB", placement: { replicas: 0 } },
      { ...neighbour, name: "Neighbour", health: { port: "none", path: "/" }, connects: [] },
    ]);
    for (const path of [
      "agent.storage.retention",
      "agent.memory",
      "agent.placement.replicas",
      "Neighbour.name",
      "Neighbour.health.port",
    ]) {
      assert.ok(paths.includes(path), `${path} in ${paths.join(", ")}`);
    }
  },

  "says which description is wrong before it looks for neighbours": ({ make }) => {
    assert.deepEqual(
      problemPaths(make(), [agent, { ...neighbour, connects: [{ workload: "nobody", port: "x", number: 1 }] }]),
      ["neighbour.connects"],
    );
  },

  "refuses addresses outside the stack that are none": ({ make }) => {
    const externals = [
      external("https://otlp.example.com:nine"),
      external("[2001:db8::1]:4317"),
      { host: "a", port: NaN },
    ];
    const externalsOf = (n: number) => problemPaths(make(), [{ ...agent, externals: externals.slice(n, n + 1) }]);
    assert.deepEqual([0, 1, 2].map(externalsOf), [["agent.externals"], [], ["agent.externals"]]);
  },
  "refuses two workloads of one name": ({ make }) => {
    assert.ok(problemPaths(make(), [neighbour, { ...neighbour, connects: [] }]).includes("neighbour.name"));
  },

  "refuses files that are empty, not absolute, or in the system's own folders": ({ make }) => {
    const files = {
      "/etc/agent/empty.yaml": { content: "" },
      "/etc/passwd": { content: "x" },
      "/proc/sys/x": { content: "x" },
      "/opt/../x/y": { content: "x" },
    };
    assert.deepEqual(
      problemPaths(make(), [{ ...agent, files }]),
      Object.keys(files).map((path) => `agent.files.${path}`),
    );
  },

  "registers nothing of what it refuses": async ({ make }) => {
    const seen = await record(() => {
      assert.throws(() => run(make(), { ...agent, memory: "0 MiB" }), Refusal);
    });
    assert.deepEqual(
      seen.filter(({ type }) => !type.startsWith("test:")),
      [],
    );
  },
};

/**
 * The exam that every platform sits. What one cannot do is named by its sentence, with the reason.
 */
export function platformContract(exam: Exam, cannot: Readonly<Record<string, string>> = {}): void {
  it("is excused from no case that does not exist", () => {
    assert.deepEqual(
      Object.keys(cannot).filter((sentence) => !(sentence in cases)),
      [],
    );
  });
  for (const [sentence, body] of Object.entries(cases)) {
    const reason = cannot[sentence];
    if (reason === undefined) it(sentence, () => body(exam));
    else it.skip(`${sentence} (${reason})`);
  }
}
