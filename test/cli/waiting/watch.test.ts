import assert from "node:assert/strict";
import { observationFrom, type Observation } from "../../../cli/waiting/observation";
import { watch } from "../../../cli/waiting/watch";

const pod = (status: object): Observation => {
  const labels = { "app.kubernetes.io/part-of": "tracing" };
  const metadata = { name: "jaeger-0", namespace: "tracing", uid: "p1", labels };
  return observationFrom(JSON.stringify({ items: [{ kind: "Pod", metadata, status }] }), "tracing");
};
const condition = (message: string) => ({ conditions: [{ type: "PodScheduled", status: "False", message }] });
const ready = pod({ conditions: [{ type: "Ready", status: "True" }] });
const crashed = (restartCount: number) =>
  pod({
    phase: "Running",
    containerStatuses: [{ name: "jaeger", restartCount, lastState: { terminated: { exitCode: 1 } } }],
  });

/** Watches so many looks, one every 2 s of a clock that stands still between them, and ends after the last. */
async function watched(...looks: readonly (Observation | undefined)[]) {
  const said: string[] = [];
  const done = new AbortController();
  let n = 0;
  const hopeless = await watch({
    look: () => {
      const seen = looks[n];
      n += 1;
      if (n === looks.length) done.abort();
      return Promise.resolve(seen);
    },
    lastWords: ({ container }) => Promise.resolve(`last words of ${container}\n`),
    say: (line) => said.push(line),
    until: done.signal,
    now: () => n * 2_000,
    every: 0,
  });
  return { said, hopeless: hopeless?.kind, looks: n };
}

describe("waiting for pods", () => {
  it("says nothing while they get ready", async () => {
    assert.deepEqual(await watched(pod({}), undefined, ready), { said: [], hopeless: undefined, looks: 3 });
  });

  it("says each reason once, and again what is new", async () => {
    const [a, b] = ["1 Insufficient cpu.", "1 Insufficient memory."].map((message) => pod(condition(message)));
    const { said, hopeless } = await watched(a, a, a, b, b, a, ready);
    assert.deepEqual(said, [
      "pod/jaeger-0 is not scheduled: 1 Insufficient cpu",
      "pod/jaeger-0 is not scheduled: 1 Insufficient memory",
    ]);
    assert.equal(hopeless, undefined);
  });

  it("gives up after half a minute without a place, and not where it was away for a moment", async () => {
    const none = pod(condition("1 Insufficient cpu."));
    const looks = (count: number) => Array.from({ length: count }, () => none);
    assert.equal((await watched(...looks(20))).looks, 16);
    assert.equal((await watched(...looks(10), ready, ...looks(10))).hopeless, undefined);
  });

  it("shows the last words of what ends, and gives up at the third time", async () => {
    const { said, hopeless } = await watched(pod({}), crashed(1), crashed(1), crashed(2), crashed(3), crashed(3));
    assert.deepEqual(said, [
      "pod/jaeger-0 ended with exit code 1",
      "    last words of jaeger",
      "pod/jaeger-0 ended with exit code 1, 2 times so far",
      "    last words of jaeger",
      "pod/jaeger-0 ended with exit code 1, 3 times so far",
      "    last words of jaeger",
    ]);
    assert.equal(hopeless, "crashLoop");
  });
});
