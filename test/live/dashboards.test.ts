import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { dashboardQueries, type DashboardQuery } from "../../components/dashboards";
import { left, sightline, storesOf, targets } from "../support/dev-stack";
import { load } from "../support/load";
import { answers } from "./dashboard-answers";
import { service, traffic } from "./traffic";

/** Rates look at the last minute, so there has to be one. */
const seconds = 75;
/** Longest time until the last of it has arrived and been read, in milliseconds. */
const arrival = 60_000;

const variables = { service, program: "collector|jaeger" };

/** What came of a query: how much there is to show, or why there is no answer. */
type Outcome = number | Error;

const queries = dashboardQueries();
const called = ({ dashboard, panel }: DashboardQuery) => `${dashboard} / ${panel}`;

describe("every query of every dashboard, over what the dev stack itself made", () => {
  const outcomes = new Map<DashboardQuery, Outcome>();
  const empty = () => queries.filter((query) => outcomes.get(query) === 0);

  before(async () => {
    assert.deepEqual(
      await left(),
      { containers: [], volumes: [], networks: [] },
      "a dev stack is up already: run `npm run down`",
    );
    const up = await sightline("up", "--yes");
    assert.equal(up.code, 0, up.text);
    const stores = await storesOf();
    const start = Math.floor(Date.now() / 1_000);
    await Promise.all([
      traffic(targets.otlpHttp, seconds),
      load({ url: targets.otlpHttp, seconds, spansPerSecond: 200, record: false }),
      canaries(seconds),
    ]);
    const deadline = Date.now() + arrival;
    for (let open = queries; ;) {
      for (const query of open) {
        outcomes.set(query, await answers(query, variables, start, stores).catch((error: unknown) => error as Error));
      }
      open = empty();
      if (open.every(({ mayBeEmpty }) => mayBeEmpty !== undefined) || Date.now() > deadline) break;
      await wait(5_000);
    }
  });
  after(() => sightline("down", "--yes", "--delete-data", "dev"));
  after(() => {
    for (const query of empty()) {
      console.log(`      empty: ${called(query)}: ${query.mayBeEmpty ?? "for no reason"}: ${query.expr.slice(0, 120)}`);
    }
  });

  for (const query of queries) {
    const what = query.mayBeEmpty === undefined ? "shows something" : `is answered, and may be empty`;
    it(`${called(query)} ${what}: ${query.expr.slice(0, 60)}`, () => {
      const outcome = outcomes.get(query);
      assert.equal(typeof outcome, "number", String(outcome));
      assert.ok(outcome !== 0 || query.mayBeEmpty !== undefined, `no series: ${query.expr}`);
    });
  }
});

/** Sends canaries, and reads them back, for so long: panels on reading show how users ask. */
async function canaries(seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await wait(5_000)) {
    const { code, text } = await sightline("verify");
    assert.equal(code, 0, text);
  }
}
