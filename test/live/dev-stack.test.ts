import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { store } from "../../cli/verify";
import { isDamaged } from "../../cli/queue/damaged";
import { until } from "../support/until";
import { absentLines, absentPoints, sendLines, sendPoints, sendSizes } from "../support/absence";
import { damage } from "../support/damage";
import { docker, home, left, running, sightline, storesOf, targets, type Ran } from "../support/dev-stack";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import type { SpanIds } from "../support/load-request";
import { answersToStrangers } from "./strangers";
import { countStoredLines } from "../support/stored-lines";

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
/** Longest time for what waits on disk to arrive, in milliseconds. */
const arrival = 300_000;
const say = (line: string): void => console.log(`      ${line}`);

/** What its stores are shown. Another password is made with each stack. */
const shown = async () => store({ stores: await storesOf() }, "").headers ?? {};

const jaeger = async () => store({ stores: await storesOf() }, targets.jaeger);

/** Asks until there are so many, or time is up. */
async function reaching(count: number, ask: () => Promise<number>): Promise<number> {
  for (const deadline = Date.now() + arrival; ; await wait(1_000)) {
    const found = await ask();
    if (found >= count || Date.now() > deadline) return found;
  }
}

const storedLines = async () => countStoredLines(targets.logs.url, "sized", await shown());
const storedPoints = async (): Promise<number> => {
  const query = new URLSearchParams({ query: "sum(count_over_time(absence[15m]))" });
  const answer = await fetch(`${targets.prometheus}/api/v1/query?${query}`, { headers: await shown() });
  const { data } = (await answer.json()) as { data?: { result: readonly { value: readonly [number, string] }[] } };
  // It says nothing while it starts.
  return Number(data?.result[0]?.value[1] ?? 0);
};

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

  it("answers strangers on no port but those that docs/security.md names", async () => {
    const open = ["collector:8888 200", "collector:13133 200", "jaeger:5778 200", "jaeger:5779 grpc 0"];
    assert.deepEqual(
      (await answersToStrangers()).sort(),
      [
        // OTLP, where no token is set: a GET is no way to send.
        ...["collector:4317 grpc 0", "collector:4318 405"],
        ...[...open, "jaeger:8888 200", "jaeger:13133 200"],
        ...["jaeger:4317 grpc 16", "jaeger:4318 401", "jaeger:16685 grpc 16", "jaeger:16686 401"],
        ...["prometheus:9090 401", "victorialogs:9428 401"],
      ].sort(),
    );
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
    const { foundSpans, missing } = await compareWithJaeger(await jaeger(), acknowledged, arrival);
    say(`${acknowledgedSpans} spans acknowledged, ${foundSpans} distinct ones in Jaeger`);
    assert.deepEqual({ foundSpans, missing: missing.slice(0, 5) }, { foundSpans: acknowledgedSpans, missing: [] });
    succeeded(await sightline("verify"));
  });

  it("keeps spans, lines and points of every size while their stores are away for a minute", async () => {
    const away = (await running()).filter((name) => /jaeger|prometheus|victorialogs/.test(name));
    assert.equal(away.length, 3, String(away));
    await docker("stop", ...away);
    const send = async (): Promise<SpanIds> => {
      await sendPoints(targets.otlpHttp);
      await sendLines(targets.otlpHttp);
      return sendSizes(targets.otlpHttp);
    };
    const [spans] = await Promise.all([send(), wait(60_000)]);
    await docker("start", ...away);
    const { acknowledgedSpans, foundSpans, missing } = await compareWithJaeger(await jaeger(), spans, arrival);
    say(`${acknowledgedSpans} spans acknowledged meanwhile, ${foundSpans} distinct ones in Jaeger`);
    assert.deepEqual(
      { acknowledgedSpans, foundSpans, missing: missing.slice(0, 5) },
      { acknowledgedSpans: 42_001, foundSpans: 42_001, missing: [] },
    );
    assert.equal(await reaching(absentLines, storedLines), absentLines);
    assert.equal(await reaching(absentPoints, storedPoints), absentPoints);
  });

  it("puts a damaged queue file aside, keeps it, and goes on", async () => {
    const [collector, jaeger] = ["sightline-dev-collector", "sightline-dev-jaeger"];
    const [queue, file] = ["/var/lib/otelcol/queue", "exporter_otlp_grpc_jaeger_traces"];
    const here = mkdtempSync(join(tmpdir(), "sightline-damaged-"));
    await docker("stop", jaeger);
    const { acknowledgedSpans } = await load({ url: targets.otlpHttp, seconds: 2, spansPerSecond: 500, failed: true });
    assert.equal(acknowledgedSpans, 1_000);
    await docker("kill", collector);
    await docker("cp", `${collector}:${queue}/${file}`, here);
    assert.equal(isDamaged(join(here, file)), false);
    damage(join(here, file));
    await docker("cp", join(here, file), `${collector}:${queue}/${file}`);
    await docker("start", collector, jaeger);
    await until("the collector starts again and again", async () => {
      const [count] = await docker("inspect", "--format", "{{.RestartCount}}", collector);
      return Number(count) > 1;
    });

    const aside = await sightline("queue", "aside", "collector", "--yes");
    succeeded(aside);
    assert.match(aside.text, new RegExp(`^damaged  ${file}$`, "m"));
    assert.equal([...aside.text.matchAll(/^damaged /gm)].length, 1);
    const [, kept] = /kept in (\S+)/.exec(aside.text)!;
    await docker("cp", `${collector}:${kept}/${file}`, join(here, "kept"));
    assert.equal(isDamaged(join(here, "kept")), true);
    await until("the stack works", async () => (await sightline("verify")).code === 0);
    assert.match((await sightline("queue", "aside", "collector", "--yes")).text, /is as it was/);
    rmSync(here, { recursive: true });
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
    assert.deepEqual((await compareWithJaeger(await jaeger(), acknowledged, arrival)).missing, []);
    succeeded(await sightline("down", "--yes"));
    const { containers, volumes, networks } = await left();
    assert.deepEqual({ containers, networks }, { containers: [], networks: [] });
    assert.ok(volumes.includes("sightline-dev-jaeger-badger"), String(volumes));
    succeeded(await sightline("up", "--yes", "--no-verify"));
    const { missing } = await compareWithJaeger(await jaeger(), acknowledged, arrival);
    assert.deepEqual(missing, []);
  });

  it("leaves nothing when taken down", async () => {
    succeeded(await sightline("down", "--yes", "--delete-data", "dev"));
    assert.deepEqual(await left(), { containers: [], volumes: [], networks: [] });
  });
});
