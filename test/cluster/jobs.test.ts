import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Workload } from "../../components/core/workload";
import type { Manifest } from "../../components/platforms/kubernetes/objects";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import { Sealed } from "../../components/platforms/planned";
import { loadedImages } from "../../toolchain/cluster";
import { kubectl, list } from "../support/cluster";

interface Run {
  readonly metadata: { readonly name: string };
  readonly status: { readonly succeeded?: number; readonly startTime?: string };
}

describe("jobs on a Kubernetes cluster", function () {
  this.timeout(300_000);
  const name = "sightline-jobs";
  const folder = mkdtempSync(join(tmpdir(), "sightline-jobs-"));
  const file = join(folder, "list.json");
  const send = (items: readonly object[], ...args: readonly string[]) => {
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    return kubectl(...args, "--filename", file);
  };
  let manifests: readonly Manifest[];
  let namespaces: readonly Manifest[];

  before(() => {
    const image = loadedImages().stack.esRollover;
    assert.ok(image !== undefined, "run `npm run sightline -- cluster up`, which loads the images of jobs");
    const program = { image, command: ["/bin/sh"] as const };
    const job: Workload = {
      ...program,
      name: "job",
      component: "test:Job",
      args: ["-c", 'echo "ran $0 $TOKEN"', "an argument"],
      env: { TOKEN: { secret: "of the job" } },
      files: { "/etc/job/mode": { content: "first\n" } },
      ports: {},
      repeat: "1m",
      first: [
        {
          ...program,
          name: "prepare",
          args: ["-c", 'read mode < /etc/job/mode; echo "$mode $TOKEN"'],
          env: { TOKEN: { secret: "of the step" } },
        },
      ],
      memory: "64 MiB",
    };
    manifests = kubernetesPlanner({ name })
      .plan([job])
      .map(({ inputs }) => unsealed(inputs) as Manifest);
    namespaces = manifests.filter(({ kind }) => kind === "Namespace");
  });
  after(async () => {
    await send(namespaces, "delete", "--ignore-not-found");
    rmSync(folder, { recursive: true });
  });

  it("run again and again by the clock, under Pod Security, each after what comes first", async () => {
    await send(namespaces, "apply");
    await send(manifests, "apply");
    const done = async () => (await list<Run>("jobs", name)).filter(({ status }) => status.succeeded === 1);
    const seen = new Set<string>();
    for (const deadline = Date.now() + 200_000; seen.size < 2; await wait(1_000)) {
      for (const { metadata } of await done()) {
        if (seen.has(metadata.name)) continue;
        seen.add(metadata.name);
        const log = (container: string) =>
          kubectl("logs", "--namespace", name, `job/${metadata.name}`, "--container", container);
        assert.equal(await log("prepare"), "first of the step");
        assert.equal(await log("job"), "ran an argument of the job");
      }
      const events = () => kubectl("get", "events", "--namespace", name);
      assert.ok(Date.now() < deadline, `${seen.size} of 2 runs\n${Date.now() < deadline ? "" : await events()}`);
    }
    assert.equal((await list<Run>("jobs", name)).length, 1, "one run is remembered");
  });
});

/** Secrets of this test are none: they go to the cluster as they are. */
function unsealed(value: unknown): unknown {
  if (value instanceof Sealed) return value.unseal();
  if (Array.isArray(value)) return value.map(unsealed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unsealed(item)]));
}
