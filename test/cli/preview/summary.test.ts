import assert from "node:assert/strict";
import { capacityChanges } from "../../../cli/preview/capacity";
import { restarts } from "../../../cli/preview/restarts";
import { headline } from "../../../cli/preview/sections";
import { failed, refused, summarize } from "../../../cli/preview/summary";
import { inMarkdown, inWords } from "../../../cli/preview/text";
import { settingsFrom } from "../../../configs/settings-from";
import { recorded } from "./recorded";

const summaryOf = (name: string, known: Partial<Parameters<typeof summarize>[1]> = {}) =>
  summarize(recorded(name), { stack: "dev", ...known });

describe("the summary of a preview", () => {
  it("says that nothing changes where nothing does", () => {
    const summary = summaryOf("docker-unchanged");
    assert.equal(inWords(summary), "dev: no changes");
    assert.equal(inMarkdown(summary), "## dev: no changes\n");
    assert.equal(summary.unchanged, 23);
  });

  it("knows a new stack by what starts, and finds no loss in it", () => {
    const summary = summaryOf("docker-new", {
      before: settingsFrom("dev", {}),
      after: settingsFrom("dev", { queueSize: "1 GiB" }),
    });
    assert.equal(headline(summary), "dev: 23 created; nothing restarts; nothing is lost");
    assert.deepEqual(summary.restarts.map(({ workload, how }) => `${workload} ${how}`).sort(), [
      "collector starts",
      "jaeger starts",
      "loki starts",
      "prometheus starts",
    ]);
    assert.deepEqual(summary.losses, []);
  });

  it("says that it compared with nothing where there is no state", () => {
    const notes = ["what it replaces, restarts and loses: no state"];
    const summary = summaryOf("docker-new", { compared: false, notes });
    assert.equal(
      inMarkdown(summary).split("\n")[0],
      "## dev: 23 created; compared with nothing, so what is lost is not known",
    );
    assert.match(inMarkdown(summary), /### Not looked at\n\n- what it replaces, restarts and loses: no state\n/);
  });

  it("has the error of a preview that did not come about", () => {
    assert.equal(
      inMarkdown(failed("prod", new Error("Pulumi backend: no answer; log in"))),
      "## prod: the preview failed\n\n### Errors\n\n- Pulumi backend: no answer; log in\n",
    );
  });

  it("names the one workload that restarts, with fields and without values", () => {
    const { changes, restarts, losses } = summaryOf("docker-memory");
    assert.deepEqual(changes, [
      {
        component: "loki",
        operation: "replace",
        kind: "Container",
        name: "loki",
        fields: ["envs", "labels", "memory", "memorySwap", "mounts"],
      },
      { component: "loki", operation: "replace", kind: "Container", name: "loki-files", fields: ["mounts", "uploads"] },
      { component: "loki", operation: "replace", kind: "Volume", name: "loki-files-etc-loki", fields: ["name"] },
    ]);
    assert.deepEqual(restarts, [
      {
        workload: "loki",
        how: "stops, then starts again",
        because: ["envs", "labels", "memory", "memorySwap", "mounts"],
      },
    ]);
    assert.deepEqual(losses, []);
  });

  it("names a volume that goes with the storage in it, and none that holds files", () => {
    const { losses } = summaryOf("docker-storage");
    assert.deepEqual(losses, [
      { what: "Volume jaeger-badger", change: "deleted", loses: "all that jaeger has stored in it" },
    ]);
  });

  it("names a volume that stays, what finds it again, and the command that deletes it", () => {
    const preview = recorded("docker-storage");
    const steps = preview.steps.map((step) => ({
      ...step,
      ...(step.operation === "delete" && { retained: true as const }),
    }));
    const summary = summarize({ ...preview, steps }, { stack: "dev" });
    assert.deepEqual(summary.losses, []);
    assert.deepEqual(summary.kept, [
      {
        what: "volume sightline-dev-jaeger-badger",
        until: "jaeger asks for it",
        deletes: "npm run sightline -- data delete -s dev sightline-dev-jaeger-badger",
      },
    ]);
    assert.match(
      inWords(summary),
      /^Stays, and is deleted by hand alone\n {2}what +is found again when +is deleted by\n/m,
    );
  });

  it("names every store that a new name empties", () => {
    const { losses } = summaryOf("docker-renamed");
    assert.deepEqual(
      losses.map(({ what, change }) => `${what} ${change}`).sort(),
      ["collector-queue", "jaeger-badger", "loki-data", "prometheus-data"].map(
        (name) => `Volume ${name} replaced by an empty one`,
      ),
    );
  });

  it("names settings and sampling that keep less", () => {
    const before = settingsFrom("dev", {});
    const after = settingsFrom("dev", {
      durability: "memory",
      queueSize: "1 GiB",
      storage: { kind: "badger", size: "5 GiB", retention: "24h" },
      logsRetention: "3d",
      metricsRetention: "30d",
    });
    const { losses } = summaryOf("docker-edited", { before, after });
    const sampling = (operation: string) => ({
      what: `head sampling of every service ${operation}`,
      change: "from 100 % to 0 %",
      loses: "traces not recorded",
    });
    assert.deepEqual(losses, [
      { what: "Volume collector-queue", change: "deleted", loses: "all that collector has stored in it" },
      { what: "durability", change: "from disk to memory", loses: "spans that wait when a process dies" },
      {
        what: "queueSize",
        change: "from 2 GiB to 1 GiB",
        loses: "time for which the next hop may be away before senders are refused",
      },
      {
        what: "storage.retention",
        change: "from 72h to 24h",
        loses: "traces from now on, when they are older than 24h; those stored already go after 72h",
      },
      { what: "logsRetention", change: "from 7d to 3d", loses: "what is between 3d and 7d old" },
      ...["GET /health", "GET /healthz", "GET /livez", "GET /readyz", "GET /metrics"].map(sampling),
    ]);
  });

  it("counts memory of processes, and disk where settings say it", () => {
    const { capacity } = summaryOf("docker-memory", {
      before: settingsFrom("dev", {}),
      after: settingsFrom("dev", { logsSize: "20 GiB" }),
      disks: ({ logsSize }) => ({ loki: logsSize === "20 GiB" ? 20 * 1024 ** 3 : 10 * 1024 ** 3 }),
    });
    assert.deepEqual(capacity, [
      {
        workload: "loki",
        everyNode: false,
        before: { memory: 512 * 1024 ** 2, cpu: 0, disk: 10 * 1024 ** 3, replicas: 1 },
        after: { memory: 1024 ** 3, cpu: 0, disk: 20 * 1024 ** 3, replicas: 1 },
      },
    ]);
  });

  it("says what a month costs where prices are given", () => {
    const summary = summaryOf("docker-memory", { prices: { cpu: 20, memory: 4, disk: 0.1 } });
    assert.ok(inMarkdown(summary).includes("| memory | 2.00 | 4.00 | +2.00 |\n"), inMarkdown(summary));
    assert.ok(inMarkdown(summary).includes("| all | 2.00 | 4.00 | +2.00 |"), inMarkdown(summary));
  });

  it("shows refused settings as such", () => {
    const problem = { path: "queueSize", value: "2", reason: "must be a size with its unit", remedy: 'write "2 GiB"' };
    const summary = refused({ stack: "prod", problems: [problem] });
    assert.equal(
      inMarkdown(summary),
      '## prod: refused, 1 problem\n\n### Refused\n\n- queueSize: must be a size with its unit, got "2"; write "2 GiB"\n',
    );
  });

  it("prints the same text for the same preview", () => {
    assert.equal(inMarkdown(summaryOf("docker-edited")), inMarkdown(summaryOf("docker-edited")));
  });

  it("counts nothing twice", () => {
    const { steps } = recorded("docker-unchanged");
    assert.deepEqual(restarts(steps), []);
    const names = capacityChanges(steps).map(({ workload, after: { replicas } }) => [workload, replicas]);
    assert.deepEqual(Object.fromEntries(names), { collector: 1, jaeger: 1, loki: 1, prometheus: 1 });
  });
});
