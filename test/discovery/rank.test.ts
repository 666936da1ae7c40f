import assert from "node:assert/strict";
import { gapsBetween, mentionedCalls, ranked } from "../../components/discovery";
import { service, shop } from "./shop";

describe("calls that configuration gives away", () => {
  it("are hosts of URLs, of addresses with a port, and names that stand alone", () => {
    assert.deepEqual(mentionedCalls(shop), [
      { from: "web", to: "orders" },
      { from: "orders", to: "db" },
      { from: "orders", to: "payments" },
      { from: "payments", to: "ledger" },
    ]);
  });

  it("are not words of a sentence, parts of other names, or a service's own", () => {
    const services = [
      service("a", { mentions: ["pay for b later", "http://bb:1", "my-b", "http://a:1", "level=b"] }),
      service("b"),
    ];
    assert.deepEqual(mentionedCalls(services), []);
  });

  it("find a service under each of its names", () => {
    const services = [service("a", { mentions: ["https://user:secret@pay.shop.svc.cluster.local/x"] }), shop[2]!];
    assert.deepEqual(mentionedCalls(services), [{ from: "a", to: "payments" }]);
  });
});

describe("the order of instrumenting", () => {
  const calls = mentionedCalls(shop);
  const rounded = (value: number) => Math.round(value * 1000) / 1000;

  it("is worked out by the formula, from measured traffic", () => {
    const traffic = {
      web: { rate: 99, errors: 0 },
      orders: { rate: 99, errors: 0.02 },
      payments: { rate: 9, errors: 0 },
      ledger: { rate: 9, errors: 0.1 },
    };
    assert.deepEqual(
      ranked(shop, { calls, traffic }).map(({ name, priority, hops }) => [name, rounded(priority), hops]),
      [
        // 4 · log10(100) · 1.1 · (1 + log10(4)) · 1/2
        ["orders", 7.049, 1],
        // 2 · 2 · 1 · (1 + log10(2)) · 1 · 0.4
        ["web", 2.082, 0],
        // 2 · 1 · 1.5 · (1 + log10(2)) · 1/4
        ["ledger", 0.976, 3],
        ["db", 0, 2],
        ["payments", 0, 2],
        ["reports", 0, undefined],
      ],
    );
  });

  it("takes replicas where nothing was measured, and puts what no way leads to last", () => {
    const all = ranked(shop, { calls });
    assert.deepEqual(
      all.map(({ name, priority }) => [name, rounded(priority)]),
      [
        // 4 · log10(2) · (1 + log10(4)) · 1/2
        ["orders", 0.965],
        // 2 · log10(4) · (1 + log10(2)) · 0.4
        ["web", 0.627],
        // 2 · log10(3) · (1 + log10(2)) · 1/4
        ["ledger", 0.31],
        // 2 · log10(2) · (1 + log10(2)) · 1/3
        ["db", 0.261],
        // 1 · log10(2) · 1 · 1/5
        ["reports", 0.06],
        ["payments", 0],
      ],
    );
    assert.deepEqual(all[0]?.factors, {
      criticality: 4,
      traffic: Math.log10(2),
      errors: 1,
      connections: 1 + Math.log10(4),
      nearness: 0.5,
      missing: 1,
    });
  });

  it("ends where services call each other in a circle, and is empty for an empty cluster", () => {
    const circle = [service("a", { exposedBy: ["port 80"], mentions: ["b"] }), service("b", { mentions: ["a"] })];
    const calls = mentionedCalls(circle);
    assert.deepEqual(
      ranked(circle, { calls }).map(({ name, hops }) => [name, hops]),
      [
        ["a", 0],
        ["b", 1],
      ],
    );
    assert.deepEqual(ranked([], { calls: [] }), []);
  });
});

describe("gaps", () => {
  it("are services that are called and send nothing, spans without a name, and servers without routes", () => {
    const seen = {
      sending: ["web", "payments", "unknown_service:node"],
      calls: [{ from: "web", to: "db" }],
      routeless: ["web"],
    };
    assert.deepEqual(
      gapsBetween(shop, mentionedCalls(shop), seen).map(({ kind, service, seen }) => [kind, service, seen]),
      [
        ["without-spans", "orders", "It sends no spans, and traces of web, which call it, end there."],
        ["without-spans", "ledger", "It sends no spans, and traces of payments, which call it, end there."],
        ["without-spans", "db", "It sends no spans, and traces of web, which call it, end there."],
        ["without-name", "unknown_service:node", "Spans come without a service.name."],
        ["without-route", "web", "Server spans have no http.route: requests of all its endpoints look alike."],
      ],
    );
  });
});
