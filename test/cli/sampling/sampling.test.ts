import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { explained, storedTrace } from "../../../cli/sampling/explain";
import { learningQueries } from "../../../cli/sampling/learn";
import type { Planned } from "../../../cli/sampling/plan";
import { comparison } from "../../../cli/sampling/preview";
import { replayed } from "../../../cli/sampling/replay";
import { compile, readTraces, type Amount, type Profile } from "../../../components/sampling/budget";
import { shop } from "../../sampling/budget/profiles";

const planned = (budget: Amount, profile: Profile = shop): Planned => ({
  plan: compile({ budget }, profile, { samplers: 1 }),
  budget: { budget },
  samplers: 1,
});
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
/** A trace of one span, 460 ms long, of a route whose median is 50 ms. */
const stored = (attributes: readonly object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [text("service.name", "shop")] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: "0af7651916cd43dd8448eb211c80319c",
              spanId: "b7ad6b7169203331",
              name: "GET",
              startTimeUnixNano: "1700000000000000000",
              endTimeUnixNano: "1700000000460000000",
              attributes: [text("http.route", "/"), ...attributes],
            },
          ],
        },
      ],
    },
  ],
});

describe("sightline sampling preview", () => {
  const lines = (old: Planned | undefined, now: Planned): string[] => comparison(old, now).split("\n");

  it("shows what another budget may spend, and is expected to, by bucket and in all", () => {
    const shown = lines(planned("200 spans/s"), planned("400 spans/s"));
    assert.deepEqual(shown.slice(0, 4), [
      "Spans a second, all samplers together",
      "  bucket   may, before  may, now  kept, before  kept, now",
      "  canary   1            1         0             0",
      "  errors   29           59        20.4          20.4",
    ]);
    assert.equal(
      shown.find((line) => line.startsWith("  all")),
      "  all      200          400       167           314",
    );
    assert.ok(shown.includes("  shop /cart  10        class-1  3960                       2 %"), shown.join("\n"));
  });

  it("says which routes are new and which are gone", () => {
    const [pay, root] = [shop.routes[2]!, shop.routes[0]!];
    const before = planned("200 spans/s", { ...shop, routes: [pay, root] });
    const after = planned("200 spans/s", { ...shop, routes: [root, shop.routes[1]!] });
    const shown = lines(before, after);
    assert.ok(shown.includes("New routes: shop /cart") && shown.includes("Routes that are gone: pay /pay"));
  });

  it("needs no budget before", () => {
    assert.equal(lines(undefined, planned("200 spans/s"))[3], "  errors   –            29        –             20.4");
  });
});

describe("sightline sampling explain", () => {
  let server: Server;
  const answers: Record<string, unknown> = {
    "/api/v3/traces/0af7651916cd43dd8448eb211c80319c": { result: stored([text("sightline.policy", "slow-4")]) },
  };
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  before((done) => {
    server = createServer(({ url: path = "" }, response) => {
      const answer = answers[path];
      response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
    }).listen(0, "127.0.0.1", done);
  });
  after((done) => void server.close(done));

  it("names the bucket that kept a trace, those that had too little, and what it is by", async () => {
    const trace = await storedTrace({ url: url() }, "0af7651916cd43dd8448eb211c80319c");
    assert.equal(
      explained(trace!, planned("200 spans/s")),
      [
        "Trace 0af7651916cd43dd8448eb211c80319c: 1 span in 460 ms, none of them failed.",
        "It begins with shop /, 460 ms, marked as 9.99 times the usual.",
        "It was kept by slow-4: 9 spans/s in each sampler, and 4746 saved up at most. Before that slow-5 had too little.",
        "By the present budget it may take from slow-5, slow-4, slow-3, slow-2, slow-1, slow-0, class-0, in this order.",
      ].join("\n"),
    );
  });

  it("says so where another budget kept it, or none has said it", () => {
    const [other] = readTraces(JSON.stringify(stored([text("sightline.policy", "share")])));
    const [silent] = readTraces(JSON.stringify(stored([])));
    assert.match(
      explained(other!, planned("200 spans/s")),
      /kept by share, which the budget of this stack does not have/,
    );
    assert.match(explained(silent!, planned("200 spans/s")), /does not say which policy kept it/);
  });

  it("finds no trace where there is none", async () => {
    assert.equal(await storedTrace({ url: url() }, "0".repeat(32)), undefined);
  });
});

describe("sightline sampling replay", () => {
  it("counts what a budget would have kept, by bucket and by route", () => {
    const shown = replayed(readTraces(JSON.stringify(stored([]))), planned("200 spans/s")).split("\n");
    assert.ok(shown.includes("  slow-5   1       1"), shown.join("\n"));
    assert.ok(shown.includes("  shop /  1       1     1      1"));
    assert.ok(shown.includes("1 of 1 traces, 1 of 1 spans in 0 s; of 0 that failed 0."));
  });
});

describe("sightline sampling learn", () => {
  it("asks Prometheus six times, however many routes there are", () => {
    assert.equal(Object.keys(learningQueries("7d")).length, 6);
  });
});
