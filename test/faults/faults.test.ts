import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { temporaryFolder } from "../binaries/folder";
import { obtain } from "../binaries/obtain";
import { accountsOf, openBetween, type Accounts } from "./accounts";
import { atMost, faults, lasts, type Fault } from "./faults";
import { startPath, type Path } from "./path";
import { document, resultTable, type Result } from "./results";
import { isSettled } from "./settled";
import { count, nothingSent, send, type Count, type Sent } from "./traffic";

/** Longest time until what waits has arrived, in milliseconds. */
const arrival = 90_000;

describe("what an agent has acknowledged", () => {
  const folder = temporaryFolder();
  let path: Path;
  const results: Result[] = [];

  before("what is not built yet is built", async function () {
    this.timeout(0);
    path = await startPath(await obtain("otelcol-contrib", "jaeger", "prometheus"), folder);
  });
  after(() => path.close());
  after("what was found", () => console.log(resultTable(results)));
  if (process.env["FAULTS_DOCS"] !== undefined) after("docs/loss.md is written", () => document(results));

  for (const [number, fault] of faults.entries()) {
    const exception = fault.exception === undefined ? "" : `, but for ${fault.exception.most} spans at most`;
    it(`is found after the fault "${fault.name}"${exception}`, async () => {
      const sent = nothingSent(`faults-${number}`);
      const before = await accountsOf(path);
      await send(path, sent, 1);
      await whileIn(fault, () => send(path, sent, 3));
      const counts = await counted(sent);
      assert.ok(counts.every(({ acknowledged }) => acknowledged > 0));
      const lost = counts.filter(({ acknowledged, found }) => found < acknowledged);
      const spans = lost.reduce((sum, { acknowledged, found }) => sum + acknowledged - found, 0);
      const { most = 0 } = fault.exception ?? {};
      assert.ok(spans <= most && lost.every(({ signal }) => signal === "spans"), JSON.stringify(lost));
      assert.deepEqual(openBetween(before, await settledAccounts(), fault.ended), []);
      results.push({ fault, counts });
    });
  }

  /** The fault lasts while data is sent, or its longest time: what is sent to a process that is away is sent again. */
  async function whileIn(fault: Fault, sending: () => Promise<void>): Promise<void> {
    const sends = sending();
    await fault.begin(path);
    await atMost(lasts, sends);
    await fault.end?.(path);
    await sends;
  }

  async function settledAccounts(): Promise<Accounts> {
    for (const deadline = Date.now() + arrival; !(await isSettled(path)) && Date.now() < deadline;) await wait(500);
    return accountsOf(path);
  }

  /** Looks until all has arrived, or nothing is on its way any more. */
  async function counted(sent: Sent): Promise<Count[]> {
    const complete = new Set<string>();
    for (const deadline = Date.now() + arrival; ; await wait(500)) {
      const settled = await isSettled(path);
      const counts = await count(path, sent, complete);
      if (counts.every(({ acknowledged, found }) => found === acknowledged)) return counts;
      if (settled || Date.now() > deadline) return counts;
    }
  }
});
