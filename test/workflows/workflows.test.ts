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
  readonly env?: Readonly<Record<string, string>>;
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

    it(`${file} names every action by commit, with its version beside it`, () => {
      const named = [...texts[file]!.matchAll(/uses: (.*)/g)].map(([, action]) => action!);
      assert.ok(named.length > 0);
      for (const action of named) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${file} gives secrets to the steps that need them, none of which installs packages, and keeps no token on disk`, () => {
      for (const job of Object.values(jobs)) {
        assert.doesNotMatch(JSON.stringify({ ...job, steps: [] }), /secrets\./);
        for (const { run, uses, with: args, env } of job.steps) {
          assert.doesNotMatch(JSON.stringify({ uses, args }), /secrets\./);
          if (run?.startsWith("npm ci")) assert.deepEqual([run, env], ["npm ci --ignore-scripts", undefined]);
        }
      }
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      assert.ok(checkouts.length > 0);
      for (const step of checkouts) assert.equal(step.with?.["persist-credentials"], false);
    });

    it(`${file} puts nothing from outside into a script`, () => {
      for (const { run = "", with: args = {} } of steps) assert.ok(!/\$\{\{/.test(run + String(args["script"] ?? "")));
    });

    it(`${file} ends by itself, and installs Pulumi, if at all, in the version of the program`, () => {
      for (const [name, job] of Object.entries(jobs)) assert.ok(job["timeout-minutes"], name);
      const versions = steps
        .filter(({ uses }) => uses?.startsWith("pulumi/actions@"))
        .map((step) => step.with?.["pulumi-version"]);
      for (const version of versions) assert.equal(version, packageJson.devDependencies["@pulumi/pulumi"]);
    });

    it(`${file} calls commands that exist`, () => {
      const called = steps.flatMap(({ run = "" }) => [...run.matchAll(/npm (?:run (?:--silent )?([\w:]+)|(test)\b)/g)]);
      assert.ok(called.length > 0);
      for (const [, script, test] of called) assert.ok((script ?? test)! in packageJson.scripts, script);
    });
  }
});

describe("the preview of a pull request", () => {
  const { on, jobs, concurrency } = workflow("preview.yml");
  const { check, preview, comment } = jobs;

  it("runs on pull requests alone, never with secrets for code of a fork", () => {
    assert.deepEqual(Object.keys(on), ["pull_request"]);
    assert.equal(preview?.if, "github.event.pull_request.head.repo.full_name == github.repository");
    assert.ok(!JSON.stringify(check).includes("secrets."));
    assert.equal(check?.permissions, undefined);
  });

  it("reads the state with a credential of its own, in an environment that no deployment has", () => {
    assert.equal(preview?.environment, "${{ matrix.stack }}-preview");
    assert.deepEqual(preview?.permissions, { contents: "read", "id-token": "write" });
    assert.equal(workflow("deploy.yml").jobs["deploy"]?.environment, "${{ matrix.stack }}");
  });

  it("writes comments where no code of the branch runs", () => {
    assert.deepEqual(comment?.permissions, { "pull-requests": "write" });
    assert.deepEqual(
      comment?.steps.map(({ uses, run }) => [uses?.split("@")[0], run]),
      [
        ["actions/download-artifact", undefined],
        ["actions/github-script", undefined],
      ],
    );
  });

  it("previews every committed stack but the one to try on one's own machine", () => {
    assert.deepEqual(
      preview?.strategy?.matrix.stack.toSorted(),
      stacks.filter((stack) => stack !== "trial").toSorted(),
    );
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

describe("a release", () => {
  const { on, jobs } = workflow("release.yml");
  const { publish } = jobs;

  it("follows the tag of a version, after its tests, with a signature of where it was made", () => {
    assert.deepEqual(on, { push: { tags: ["v*"] } });
    assert.deepEqual(publish?.permissions, { contents: "read", "id-token": "write" });
    assert.deepEqual(
      publish?.steps.flatMap(({ run = [] }) => run),
      [
        'test "$TAG" = "v$(node -p \'require("./package.json").version\')"',
        "npm ci --ignore-scripts",
        "npm test",
        "npm publish --provenance --access public",
      ],
    );
  });

  it("was shown by the pull request to be possible", () => {
    const runs = workflow("preview.yml").jobs["check"]?.steps.map(({ run = "" }) => run);
    assert.ok(runs?.some((run) => run.startsWith("npm publish --dry-run\n")));
  });
});
