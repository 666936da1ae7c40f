import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Workload } from "../../components/core/workload";
import { isSame, plain, problemPaths, run, type Cases } from "./platform-exam";
import { record, texts } from "./recorder";

/** Describes what runs to its end again and again, and something else before its first run. */
export const job: Workload = {
  name: "job",
  component: "test:Job",
  image: { repository: "example/job", tag: "1.0.0", user: "10001:10001" },
  command: ["/bin/clean"],
  args: ["--days=3"],
  env: { TOKEN: { secret: "s3cret-job" } },
  files: { "/etc/job/ca.pem": { content: "certificate\n" } },
  ports: {},
  connects: [{ workload: "agent", port: "otlp", number: 4317 }],
  repeat: "1h",
  first: [
    {
      name: "prepare",
      image: { repository: "example/prepare", tag: "2.0.0", user: "10002:10002" },
      command: ["/bin/prepare"],
      args: ["--once"],
      env: { MODE: "first", TOKEN: { secret: "s3cret-step" } },
    },
  ],
  memory: "64 MiB",
};
const [step] = job.first!;

/** Each of these changes what a job does, or when. */
const jobChanges: Readonly<Record<string, Partial<Workload>>> = {
  repeat: { repeat: "30m" },
  command: { command: ["/bin/clean-all"] },
  args: { args: ["--days=4"] },
  "the image of a step": { first: [{ ...step!, image: { ...step!.image, tag: "2.0.1" } }] },
  "the command of a step": { first: [{ ...step!, command: ["/bin/prepare-all"] }] },
  "the arguments of a step": { first: [{ ...step!, args: ["--twice"] }] },
  "a variable of a step": { first: [{ ...step!, env: { ...step!.env, MODE: "second" } }] },
  "one step more": { first: [step!, { ...step!, name: "check" }] },
  "no step": { first: [] },
};

/** What every platform does with jobs, beside a workload that never ends. */
export const jobCases = (agent: Workload): Cases => ({
  "runs a job as often as it says, after what comes first": ({ make }) => {
    const known = texts(plain(make().plan([agent, job]))).clear;
    for (const text of ["/bin/clean", "--days=3", "example/prepare:2.0.0", "/bin/prepare", "--once"]) {
      assert.ok(known.includes(text), text);
    }
    const before = make().plan([agent, job]);
    const ignored = Object.entries(jobChanges).filter(([, change]) =>
      isSame(before, make().plan([agent, { ...job, ...change }])),
    );
    assert.deepEqual(ignored, []);
  },

  "runs something first for what never ends, too": ({ make }) => {
    const plan = make().plan([{ ...agent, first: [step!] }]);
    assert.ok(texts(plain(plan)).clear.includes("/bin/prepare"));
    assert.doesNotMatch(JSON.stringify(plan), /s3cret/);
  },

  "hands the secrets of jobs and steps over as Pulumi secrets alone": async ({ make }) => {
    assert.doesNotMatch(inspect(make().plan([agent, job]), { depth: null, showHidden: true }), /s3cret/);
    const all = texts((await record(() => run(make(), job))).map(({ inputs }) => inputs));
    assert.deepEqual(
      all.clear.filter((text) => text.includes("s3cret")),
      [],
    );
    for (const secret of ["s3cret-job", "s3cret-step"]) {
      assert.ok(
        all.secret.some((text) => text.includes(secret)),
        `${secret} arrived`,
      );
    }
  },

  "refuses a job that is waited for, reached, doubled, keeps data, or has no program": ({ make }) => {
    const { command, ...rest } = job;
    assert.notEqual(command, undefined);
    const wrong: Workload = {
      ...rest,
      ports: { http: { port: 80 } },
      health: { port: "http", path: "/" },
      placement: { replicas: 2 },
      volumes: { "/data": { kind: "persistent", name: "data", size: "1 GiB" } },
      connects: [],
      first: [step!, step!, { ...step!, name: "Wrong" }],
    };
    const paths = problemPaths(make(), [wrong]);
    for (const path of ["command", "ports", "health", "placement", "volumes", "first.1.name", "first.2.name"]) {
      assert.ok(paths.includes(`job.${path}`), `${path} in ${paths.join(", ")}`);
    }
    assert.ok(problemPaths(make(), [{ ...job, connects: [], repeat: "0s" }]).includes("job.repeat"));
  },
});
