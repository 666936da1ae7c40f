import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { temporaryFolder } from "../binaries/folder";
import { obtain } from "../binaries/obtain";
import { accountsOf, openBetween, unaccounted, type Accounts } from "./accounts";
import { atMost, lasts, type Fault } from "./fault";
import { startPath, type Path } from "./path";
import { record } from "./results";
import { isSettled } from "./settled";
import { count, nothingSent, send, type Count, type Sent } from "./traffic";

/** Longest time until what waits has arrived, in milliseconds. */
const arrival = 300_000;

/** Tests that what was acknowledged is found after each of these faults, on a path of their own. */
export function foundAfter(faults: readonly Fault[]): void {
  const folder = temporaryFolder();
  let path: Path;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    path = await startPath(await obtain("otelcol-contrib", "jaeger", "prometheus", "victoria-logs"), folder);
  });
  after(() => path.close());

  for (const [number, fault] of faults.entries()) {
    const { most = 0, signals = ["spans"], unseenBy } = fault.exception ?? {};
    const exception = most === 0 ? "" : `, but for ${most} ${signals.join(", ")} at most`;
    it(`is found after the fault "${fault.name}"${exception}`, async () => {
      const sent = nothingSent(`faults-${number}`);
      const before = await accountsOf(path);
      await send(path, sent, 1);
      await whileIn(fault, () => send(path, sent, fault.seconds ?? 3, fault.ahead));
      const counts = await counted(sent);
      assert.ok(counts.every(({ acknowledged }) => acknowledged > 0));
      const lost = counts.filter(({ acknowledged, found }) => found < acknowledged);
      const items = lost.reduce((sum, { acknowledged, found }) => sum + acknowledged - found, 0);
      assert.ok(items <= most && lost.every(({ signal }) => signals.includes(signal)), JSON.stringify(lost));
      const after = await settledAccounts();
      assert.deepEqual(openBetween(before, after, [...(fault.ended ?? []), ...(unseenBy ?? [])]), []);
      for (const hop of unseenBy ?? []) assert.deepEqual(unaccounted(hop, before, after, lost), []);
      await fault.found?.(path);
      record({ fault: fault.name, counts });
    });
  }

  /** The fault lasts while data is sent, or its longest time: what is sent to a process that is away is sent again. */
  async function whileIn(fault: Fault, sending: () => Promise<void>): Promise<void> {
    const sends = sending();
    await fault.begin?.(path);
    await atMost(fault.lasts ?? lasts, sends);
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
}
