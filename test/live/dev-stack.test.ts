import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { docker, home, left, running, sightline, targets, type Ran } from "../support/dev-stack";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
/** Longest time for what waits on disk to arrive, in milliseconds. */
const arrival = 120_000;
const say = (line: string): void => console.log(`      ${line}`);

describe("the dev stack on a Docker engine", () => {
  before(async () => {
    assert.deepEqual(
      await left(),
      { containers: [], volumes: [], networks: [] },
      "a dev stack is up already: run `npm run down`",
    );
  });
  after(() => sightline("down", "--yes", "--delete-data", "dev"));

  it("comes up with one command, which finds its canary", async () => {
    const up = await sightline("up", "--yes");
    succeeded(up);
    assert.match(up.text, /canary [0-9a-f]{32} was found everywhere/);
    say(`up took ${up.seconds} s`);
  });

  it("previews without changes, also after a refresh", async () => {
    succeeded(await sightline("pulumi", "preview", "--expect-no-changes"));
    succeeded(await sightline("pulumi", "refresh", "--yes"));
    succeeded(await sightline("pulumi", "preview", "--expect-no-changes"));
  });

  it("is left alone by a second up", async () => {
    const before = await docker("ps", "--no-trunc", "--format", "{{.ID}}");
    const again = await sightline("up", "--yes", "--no-verify");
    succeeded(again);
    assert.match(again.text, /\d+ unchanged/);
    assert.doesNotMatch(again.text, /\d+ (created|updated|replaced|deleted)/);
    assert.deepEqual(await docker("ps", "--no-trunc", "--format", "{{.ID}}"), before);
  });

  it("keeps secrets out of its exported state", async () => {
    const { text } = await sightline("pulumi", "stack", "output", "credentials", "--show-secrets", "--json");
    const { grafanaPassword: password } = JSON.parse(text) as { grafanaPassword: string };
    const exported = await sightline("pulumi", "stack", "export");
    succeeded(exported);
    assert.match(password, /^\w{32}$/);
    assert.ok(!exported.text.includes(password), "Grafana's password is in the state in clear");
  });

  it("loses no acknowledged span while each container's process is killed in turn", async () => {
    const names = await running();
    const sending = load({ url: targets.otlpHttp, seconds: 20 * names.length, spansPerSecond: 200 });
    for (const name of names) {
      await wait(10_000);
      const [pid] = await docker("inspect", "--format", "{{.State.Pid}}", name);
      process.kill(Number(pid), "SIGKILL");
      say(`killed ${name}`);
    }
    const { acknowledgedSpans, acknowledged, rejectedSpans, abandonedSpans } = await sending;
    assert.deepEqual(await running(), names, "everything came back by itself");
    assert.deepEqual({ rejectedSpans, abandonedSpans }, { rejectedSpans: 0, abandonedSpans: 0 });
    const { foundSpans, missing } = await compareWithJaeger(targets.jaeger, acknowledged, arrival);
    say(`${acknowledgedSpans} spans acknowledged, ${foundSpans} distinct ones in Jaeger`);
    assert.deepEqual({ foundSpans, missing }, { foundSpans: acknowledgedSpans, missing: [] });
    succeeded(await sightline("verify"));
  });

  it("writes its state for this user alone", () => {
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map((entry) => join(entry.parentPath, entry.name));
    assert.ok(
      names.some((name) => name.endsWith("/dev.json")),
      names.join(", "),
    );
    assert.deepEqual(
      names.filter((name) => (statSync(name).mode & 0o077) !== 0),
      [],
    );
  });

  it("keeps its data when taken down", async () => {
    const { acknowledged } = await load({ url: targets.otlpHttp, seconds: 1, spansPerSecond: 100 });
    assert.deepEqual((await compareWithJaeger(targets.jaeger, acknowledged, arrival)).missing, []);
    succeeded(await sightline("down", "--yes"));
    const { containers, volumes, networks } = await left();
    assert.deepEqual({ containers, networks }, { containers: [], networks: [] });
    assert.ok(volumes.includes("sightline-dev-jaeger-badger"), String(volumes));
    succeeded(await sightline("up", "--yes", "--no-verify"));
    const { missing } = await compareWithJaeger(targets.jaeger, acknowledged, arrival);
    assert.deepEqual(missing, []);
  });

  it("leaves nothing when taken down", async () => {
    succeeded(await sightline("down", "--yes", "--delete-data", "dev"));
    assert.deepEqual(await left(), { containers: [], volumes: [], networks: [] });
  });
});
