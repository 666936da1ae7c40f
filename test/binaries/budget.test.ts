import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { compile, type Profile, type SamplingBudget } from "../../components/sampling/budget";
import { load } from "../support/load";
import { missingAmong } from "../support/missing";
import { field, otlpRequest, time } from "../support/otlp-request";
import { startChain, type Chain, type Process } from "../support/roles";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

const route = (service: string, name: string, tracesPerSecond: number) => ({
  service,
  route: name,
  tracesPerSecond,
  spansPerTrace: 5,
  medianMs: 2,
  p99Ms: 10,
  errorShare: 0.01,
});
const profile: Profile = {
  from: "2026-01-05T00:00:00Z",
  to: "2026-01-12T00:00:00Z",
  largestTrace: 5,
  routes: [route("shop", "/", 120), route("shop", "/cart", 10), route("pay", "/pay", 0.2)],
};
const budget: SamplingBudget = {
  budget: "200 spans/s",
  window: "1m",
  always: { routes: ["pay /pay"] },
  profile,
};
const plan = compile(budget, profile, { samplers: 2 });
const seconds = 20;

/** Of a trace of five spans: its route, how long its first span took, and what its sender says of it. */
interface Shape {
  readonly route: string;
  readonly milliseconds: number;
  readonly failed?: boolean;
  readonly says?: Readonly<Record<string, string>>;
}

/** Sends traces of one shape, so many a second, and says which traces and spans were taken. */
const send = (url: string, tracesPerSecond: number, { route: name, milliseconds, failed = false, says = {} }: Shape) =>
  load({
    url,
    seconds,
    spansPerSecond: 5 * tracesPerSecond,
    make: () => {
      const traceId = randomBytes(16);
      const ids = Array.from({ length: 5 }, () => randomBytes(8));
      const [first] = ids;
      const body = otlpRequest(
        "shop",
        ids.map((spanId, i) => ({
          name: `GET ${name}`,
          traceId,
          spanId,
          failed: failed && i === 4,
          attributes: i === 0 ? { "http.route": name, ...says } : {},
          // Of a field that is there twice the last one counts.
          more: i === 0 ? took(milliseconds) : [field(4, first!)],
        })),
      );
      return { body, spanIds: () => new Map([[traceId.toString("hex"), ids.map((id) => id.toString("hex"))]]) };
    },
  });

/** Start and end of a span that took so long. */
function took(milliseconds: number): Buffer[] {
  const end = BigInt(Date.now()) * 1_000_000n;
  return [time(7, end - BigInt(milliseconds) * 1_000_000n), time(8, end)];
}

const forged = { "sightline.class": "vip", "sightline.always": "yes", "sightline.policy": "mine" };

describe("a budget of 200 spans a second, on a real agent, gateway and two samplers", () => {
  const folder = temporaryFolder();
  let chain: Chain;
  /** How much each sampler had kept, and when. */
  const kept: { readonly at: number; readonly spans: readonly number[] }[] = [];
  let sent: Record<"usual" | "failed" | "slow" | "unknown" | "forged", Awaited<ReturnType<typeof send>>>;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    const raw = { queueSize: "256 MiB", sampler: { decisionWait: "2s" }, samplingBudget: { budget: "200 spans/s" } };
    chain = await startChain(binary, folder, raw, {
      settings: (settings) => ({ ...settings, samplingBudget: budget }),
    });
    const look = (): void =>
      void kept.push({ at: Date.now() / 1_000, spans: chain.samplers.map(({ spans }) => spans.length) });
    const looking = setInterval(look, 100);
    const [usual, failed, slow, unknown, sly] = await Promise.all([
      send(chain.url, 100, { route: "/", milliseconds: 1 }),
      send(chain.url, 4, { route: "/", milliseconds: 1, failed: true }),
      send(chain.url, 40, { route: "/cart", milliseconds: 60 }),
      send(chain.url, 0.5, { route: "/new", milliseconds: 1 }),
      send(chain.url, 20, { route: "/", milliseconds: 1, says: forged }),
    ]);
    sent = { usual, failed, slow, unknown, forged: sly };
    for (const name of ["failed", "unknown"] as const) await missingOf(name);
    clearInterval(looking);
  });
  after(() => chain.close());

  const arrived = () => chain.samplers.flatMap(({ spans }) => spans);
  const missingOf = (name: keyof typeof sent) =>
    missingAmong([...sent[name].acknowledged.values()].flat(), () => arrived().map(({ spanId }) => spanId));
  const entries = () => arrived().filter(({ parentSpanId }) => parentSpanId === "");
  /** Of what was sent under one name: the policies that kept it, and how many traces each. */
  const policiesOf = (name: keyof typeof sent): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { traceId, texts } of entries().filter((span) => sent[name].acknowledged.has(span.traceId))) {
      assert.ok(traceId !== "");
      const policy = texts["sightline.policy"] ?? "none";
      counts[policy] = (counts[policy] ?? 0) + 1;
    }
    return counts;
  };

  it("keeps every failed trace and every one of a route that nobody has learnt, whole", async () => {
    assert.deepEqual(
      [sent.failed, sent.unknown].map(({ acknowledged }) => acknowledged.size),
      [80, 10],
    );
    for (const name of ["failed", "unknown"] as const) assert.deepEqual(await missingOf(name), [], name);
  });

  it("says of each kept trace which policy kept it", () => {
    assert.deepEqual(policiesOf("failed"), { errors: 80 });
    assert.deepEqual(policiesOf("unknown"), { unknown: 10 });
    for (const policy of Object.keys(policiesOf("slow"))) assert.match(policy, /^(slow-[0-8]|class-1)$/);
    for (const policy of Object.keys(policiesOf("usual"))) assert.match(policy, /^class-0$/);
  });

  it("keeps more of what is slow than of what is usual", () => {
    const share = (name: keyof typeof sent): number =>
      Object.values(policiesOf(name)).reduce((sum, count) => sum + count, 0) / sent[name].acknowledged.size;
    console.log(`      ${Math.round(100 * share("slow"))} against ${Math.round(100 * share("usual"))} %`);
    assert.ok(share("slow") > 3 * share("usual"));
  });

  it("believes no mark that a sender has set", () => {
    for (const policy of Object.keys(policiesOf("forged"))) assert.match(policy, /^class-0$/);
    assert.deepEqual(
      arrived().filter(({ texts }) => texts["sightline.class"] === "vip" || texts["sightline.always"] === "yes"),
      [],
    );
  });

  it("is not exceeded in any interval, by either sampler", () => {
    // A decision falls within a second of its time, and what is kept waits for its batch: two seconds more.
    const slack = 2;
    const worst = [0, 1].map((i) =>
      Math.max(
        ...kept.flatMap((from, n) =>
          kept.slice(n).map((to) => {
            const allowed = plan.spansPerSecond * (to.at - from.at + slack) + plan.saved;
            return (to.spans[i]! - from.spans[i]!) / allowed;
          }),
        ),
      ),
    );
    const all = 5 * Object.values(sent).reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    const total = arrived().length;
    console.log(
      `      ${total} of ${all} spans kept; the fullest interval took ${worst.map((share) => Math.round(100 * share)).join(" and ")} % of what it may`,
    );
    assert.ok(
      worst.every((share) => share <= 1 && share > 0.5),
      String(worst),
    );
    assert.ok(total < all / 2, String(total));
  });

  it("is counted by policy, to the span", async () => {
    const scraped = await Promise.all((["sampler-0", "sampler-1"] satisfies Process[]).map(chain.scrape));
    const keptBy = (policy: string): number =>
      scraped
        .flatMap((page) => page.split("\n"))
        .filter((line) => line.startsWith("otelcol_processor_tail_sampling_count_spans_sampled_total{"))
        .filter((line) => line.includes(`policy="${policy}"`) && line.includes('sampled="true"'))
        .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    assert.deepEqual([keptBy("errors"), keptBy("unknown")], [400, 50]);
    const total = plan.buckets.reduce((sum, { name }) => sum + keptBy(name), 0);
    const deadline = Date.now() + 10_000;
    while (arrived().length < total && Date.now() < deadline) await wait(200);
    assert.equal(arrived().length, total);
  });
});
