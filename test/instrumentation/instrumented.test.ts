import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { instrumented } from "../../components/instrumentation/instrumented";
import { podSecurityViolations } from "../support/pod-security";
import type { AnyManifest } from "../support/reachability";
import { cases, dockerCases, env, nodejs } from "./workloads";

const golden = join(__dirname, "golden", "workloads.yaml");
const traced = Object.fromEntries(
  Object.entries({ ...cases, ...dockerCases }).map(([name, { args, tracing }]) => [name, instrumented(args, tracing)]),
);

const apiVersions: Readonly<Record<string, string>> = { Pod: "v1", Job: "batch/v1", CronJob: "batch/v1" };
const manifest = (kind: string, args: object): AnyManifest =>
  ({ kind, apiVersion: apiVersions[kind] ?? "apps/v1", ...args }) as unknown as AnyManifest;

describe("workloads that are traced by being deployed", () => {
  it("have exactly what the golden file says", () => {
    const now = Object.fromEntries(Object.entries(traced).map(([name, { args }]) => [name, args]));
    if (process.env["GOLDEN"] === "1")
      writeFileSync(golden, stringify(now, { lineWidth: 0, aliasDuplicateObjects: false }));
    assert.deepEqual(now, parse(readFileSync(golden, "utf8")));
  });

  it("have no problem, and nothing to be told of", () => {
    for (const [name, { problems, notes }] of Object.entries(traced))
      assert.deepEqual([problems, notes], [[], []], name);
  });

  it("stay as they are when they are traced again", () => {
    for (const [name, { tracing }] of Object.entries({ ...cases, ...dockerCases })) {
      const { args, problems } = traced[name]!;
      assert.deepEqual(instrumented(args, tracing), { args, problems, notes: [] }, name);
    }
  });

  it("are admitted by Pod Security restricted as before", async () => {
    const manifests = Object.entries(cases).map(([name, { kind }]) => manifest(kind, traced[name]!.args));
    assert.deepEqual(await podSecurityViolations(manifests), []);
  });

  it("are not changed themselves", () => {
    const before = JSON.stringify(cases);
    for (const { args, tracing } of Object.values(cases)) instrumented(args, tracing);
    assert.equal(JSON.stringify(cases), before);
  });

  it("get another volume with another kit, and no second one", () => {
    const { args } = traced["a StatefulSet that has volumes"]!;
    const newer = { ...nodejs, kit: { ...nodejs.kit, name: "sightline-nodejs-abcdefabcd" } };
    const again = JSON.stringify(instrumented(args, newer).args);
    assert.equal(again, JSON.stringify(args).replaceAll("sightline-nodejs-0123456789", "sightline-nodejs-abcdefabcd"));
  });

  it("need nothing but variables where the program has an SDK in it", () => {
    const { args } = cases["a Deployment with nothing"]!;
    const text = JSON.stringify(instrumented(args, env).args);
    assert.doesNotMatch(text, /NODE_OPTIONS|volume/);
  });
});
