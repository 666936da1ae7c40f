import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import packageJson from "../../package.json";

const root = join(__dirname, "..", "..");
const folder = join(root, ".github", "workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const texts = Object.fromEntries(
  readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")] as const),
);
const workflow = (file: string) => parse(texts[file]!) as Workflow;
const stacks = readdirSync(root).flatMap((file) => /^Pulumi\.(\w+)\.yaml$/.exec(file)?.[1] ?? []);

describe("every workflow", () => {
  for (const file of Object.keys(texts)) {
    const { permissions, jobs } = workflow(file);
    const steps = Object.values(jobs).flatMap((job) => job.steps);

    it(`${file} may read the repository and no more, unless a job says so`, () => {
      assert.deepEqual(permissions, { contents: "read" });
    });

    it(`${file} names a major version of every action, and keeps no token on disk`, () => {
      for (const { uses } of steps) if (uses) assert.match(uses, /^[\w-]+\/[\w-]+@v\d+$/);
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      assert.ok(checkouts.length > 0);
      for (const step of checkouts) assert.equal(step.with?.["persist-credentials"], false);
    });

    it(`${file} puts nothing from outside into a script`, () => {
      for (const { run = "", with: args = {} } of steps) assert.ok(!/\$\{\{/.test(run + String(args["script"] ?? "")));
    });

    it(`${file} ends by itself, and installs Pulumi in the version of the program`, () => {
      for (const [name, job] of Object.entries(jobs)) assert.ok(job["timeout-minutes"], name);
      const versions = steps
        .filter(({ uses }) => uses?.startsWith("pulumi/actions@"))
        .map((step) => step.with?.["pulumi-version"]);
      assert.deepEqual([...new Set(versions)], [packageJson.devDependencies["@pulumi/pulumi"]]);
    });

    it(`${file} calls commands that exist`, () => {
      const called = steps.flatMap(({ run = "" }) => [...run.matchAll(/npm run (?:--silent )?([\w:]+)/g)]);
      assert.ok(called.length > 0);
      for (const [, script = ""] of called) assert.ok(script in packageJson.scripts, script);
    });
  }
});

describe("the preview of a pull request", () => {
  const { on, jobs, concurrency } = workflow("preview.yml");
  const { check, preview } = jobs;

  it("runs on pull requests alone, never with secrets for code of a fork", () => {
    assert.deepEqual(Object.keys(on), ["pull_request"]);
    assert.equal(preview?.if, "github.event.pull_request.head.repo.full_name == github.repository");
    assert.ok(!JSON.stringify(check).includes("secrets."));
    assert.equal(check?.permissions, undefined);
  });

  it("previews every committed stack, and may write comments and no more", () => {
    assert.deepEqual(preview?.strategy?.matrix.stack.toSorted(), stacks.toSorted());
    assert.deepEqual(preview?.permissions, { contents: "read", "pull-requests": "write" });
    assert.equal(concurrency["cancel-in-progress"], true);
  });
});

describe("a deployment", () => {
  const { on, jobs, concurrency } = workflow("deploy.yml");

  it("follows a merge or a hand, waits for its environment, and is never broken off", () => {
    assert.deepEqual(Object.keys(on), ["push", "workflow_dispatch"]);
    assert.deepEqual(on["push"], { branches: ["main"] });
    assert.deepEqual(
      Object.values(jobs).map(({ environment }) => environment),
      ["${{ matrix.stack }}"],
    );
    assert.equal(concurrency["cancel-in-progress"], false);
  });

  it("happens nowhere before a repository asks for it", () => {
    assert.deepEqual(
      Object.values(jobs).map((job) => job.if),
      ["vars.SIGHTLINE_DEPLOY == 'true'"],
    );
  });

  it("looks for loss of data before it deploys", () => {
    const runs = jobs["deploy"]!.steps.map(({ run = "" }) => run);
    const loss = runs.findIndex((run) => run.includes("--fail-on-loss"));
    assert.ok(loss >= 0 && loss < runs.findIndex((run) => run.includes("up -- --stack")));
  });
});
