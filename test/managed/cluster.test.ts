import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { spansInJaeger } from "../../cli/verify/jaeger";
import { buffer } from "../../components/dashboards/queries";
import { loadedImages } from "../../toolchain/cluster";
import { clusterEnv, isReady, kubectl, podsOf, serviceUrl } from "../support/cluster";
import { clone, type Clone } from "../support/clone";
import type { Ran } from "../support/dev-stack";
import { loadEngine } from "../support/engine-images";
import { shownIn } from "../support/cluster-login";
import { compareWithJaeger } from "../support/jaeger-count";
import { evaluated } from "../support/evaluated";
import { load } from "../support/load";

const main = "sightline-trial";
const arrival = 120_000;
/** Longest time until every node has been replaced and has its share of the data, in milliseconds. */
const restarts = 300_000;

const succeeded = (ran: Ran): void => assert.equal(ran.code, 0, ran.text);
const say = (line: string): void => console.log(`      ${line}`);

type Kind = "opensearch" | "cassandra" | "kafka";

interface Candidate {
  readonly kind: Kind;
  readonly nodes: number;
  /** What the machine of the test cluster asks for beyond any setting. @default - nothing */
  readonly adapt?: () => Promise<void>;
  /** What its own node says of the cluster, and what that is when all is well. */
  readonly state: () => Promise<string>;
  readonly well: string;
  /** Acknowledged spans that may be lost with a node: Jaeger up to 2.20 answers before OpenSearch has them. */
  readonly mayLose: number;
}

function* repeated<Item>(items: readonly Item[]): Generator<Item> {
  for (;;) yield* items;
}

async function search(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

const inNode = (kind: string, ...command: readonly string[]) =>
  kubectl("exec", "--namespace", main, `${kind}-0`, "--", ...command);

const candidates: readonly Candidate[] = [
  {
    kind: "opensearch",
    nodes: 3,
    // Volumes of the test cluster are folders of one disk, which may be fuller than OpenSearch likes a volume to be.
    async adapt() {
      const body = JSON.stringify({ persistent: { "cluster.routing.allocation.disk.threshold_enabled": false } });
      const headers = { "content-type": "application/json" };
      const url = `${await serviceUrl("opensearch", main, 9200)}/_cluster/settings`;
      assert.equal((await fetch(url, { method: "PUT", headers, body })).status, 200);
    },
    async state() {
      const answer = await fetch(`${await serviceUrl("opensearch", main, 9200)}/_cluster/health`);
      const { status, number_of_nodes: nodes } = (await answer.json()) as Record<string, unknown>;
      return `${String(status)} ${String(nodes)}`;
    },
    well: "green 3",
    mayLose: Infinity,
  },
  {
    kind: "cassandra",
    nodes: 2,
    async state() {
      const status = await inNode("cassandra", "nodetool", "status");
      return status
        .split("\n")
        .flatMap((line) => /^[UD][NLJM](?= )/.exec(line) ?? [])
        .join(" ");
    },
    well: "UN UN",
    mayLose: 0,
  },
  {
    kind: "kafka",
    nodes: 3,
    async state() {
      const describe = "/opt/kafka/bin/kafka-topics.sh --bootstrap-server $HOSTNAME:9092 --describe --topic otlp_spans";
      const partitions = await inNode("kafka", "sh", "-c", `KAFKA_HEAP_OPTS=-Xmx64m ${describe}`);
      const inSync = [...partitions.matchAll(/Isr: ([\d,]+)/g)].map(([, ids]) => ids!.split(",").length);
      return `${inSync.length} partitions of ${[...new Set(inSync)].join(" or ")}`;
    },
    well: "12 partitions of 3",
    mayLose: 0,
  },
];

/** What a stack is told that runs so many of them: Kafka is no storage, but stands before one. */
const settings = (kind: Kind, nodes: number, cpu: number) => {
  const managed = { nodes, size: "3 GiB", memory: "1 GiB", cpu };
  return kind === "kafka" ? { buffer: { managed } } : { storage: { kind, managed, retention: "72h" } };
};

for (const { kind, nodes, adapt, state, well, mayLose } of candidates) {
  describe(`a trial stack that runs its own ${kind} of ${nodes} nodes`, () => {
    let project: Clone;
    /** Traces that were found, with the ids of their spans. */
    let kept: readonly (readonly [traceId: string, spanIds: readonly string[]])[];
    /** A Collector, Jaeger, Prometheus, VictoriaLogs, and the nodes. */
    const size = 4 + nodes;
    const up = (...args: readonly string[]) => project.sightline("up", "-s", "trial", "--yes", ...args);
    const otlp = () => serviceUrl("collector", main, 4318);
    const jaeger = async () => ({ url: await serviceUrl("jaeger", main, 16686), headers: await shownIn(main) });
    /** Ready pods, without those of jobs. */
    const running = async () => (await podsOf(main)).filter(({ metadata }) => !metadata.name.includes("cleaner"));

    before(async () => {
      const present = await kubectl("get", "namespaces", "--output", "name", "--selector", "sightline.dev/stack");
      assert.equal(present, "", "a stack is up on this cluster already: run `npm run down -- -s trial`");
      const engine = await loadEngine(kind);
      project = await clone(clusterEnv);
      project.edit("trial", {
        grafana: false,
        roles: ["collector"],
        tailSampling: {},
        kubernetes: { expose: { "collector/otlp-http": { kind: "cluster" } } },
        ...settings(kind, nodes, 0.1),
        images: { ...loadedImages().stack, [kind]: engine },
      });
    });
    after(() => project.sightline("down", "-s", "trial", "--yes", "--delete-data", "trial"));

    it("comes up with one command, which finds its canary, and all nodes are well", async () => {
      const ran = await up();
      succeeded(ran);
      assert.match(ran.text, /canary [0-9a-f]{32} was found everywhere/);
      say(`up took ${ran.seconds} s`);
      await adapt?.();
      await settled();
    });

    it("takes spans while a node is deleted", async () => {
      const sending = load({ url: await otlp(), seconds: 60, spansPerSecond: 100 });
      await wait(10_000);
      await kubectl("delete", "pod", `${kind}-${nodes - 1}`, "--namespace", main, "--wait=false");
      const { acknowledged, acknowledgedSpans, rejectedSpans, abandonedSpans, retries } = await sending;
      assert.deepEqual({ rejectedSpans, abandonedSpans }, { rejectedSpans: 0, abandonedSpans: 0 });
      const { missing } = await compareWithJaeger(await jaeger(), acknowledged, arrival);
      const lost = new Set(missing.map(({ traceId }) => traceId));
      kept = [...acknowledged].filter(([traceId]) => !lost.has(traceId));
      say(`${missing.length} of ${acknowledgedSpans} acknowledged spans lost (${retries} requests sent again)`);
      assert.ok(missing.length <= mayLose, `${missing.length} spans lost`);
      await settled();
    });

    it("answers searches, and with whole traces, while every node is replaced, one after the other", async () => {
      const before = new Map((await running()).map(({ metadata }) => [metadata.name, metadata.uid]));
      project.edit("trial", settings(kind, nodes, 0.11));
      let [asked, done] = [0, false];
      const failures: string[] = [];
      const asking = (async () => {
        for (const [traceId, spanIds] of repeated(kept)) {
          if (done) return;
          asked++;
          const { url, headers } = await jaeger();
          await Promise.all([
            search(`${url}/api/traces?service=load-shop&limit=5`, headers),
            // No copy was missing when the next node went, or some traces would be away with both.
            spansInJaeger({ url, headers }, traceId).then((spans) => {
              const found = new Set(spans.map(({ spanId }) => spanId)).size;
              if (found !== spanIds.length) throw new Error(`${found} of ${spanIds.length} spans`);
            }),
          ]).catch((error: unknown) => failures.push(`${new Date().toISOString()} ${String(error)}`));
          await wait(500);
        }
      })();
      const ran = await up("--no-verify");
      // Pulumi may be back before the last of them is.
      if (ran.code === 0) await settled();
      done = true;
      await asking;
      succeeded(ran);
      const replaced = (await running())
        .filter(({ metadata }) => before.get(metadata.name) !== metadata.uid)
        .map(({ metadata }) => metadata.name);
      assert.deepEqual(
        replaced.filter((name) => name.startsWith(`${kind}-`)),
        Array.from({ length: nodes }, (_, i) => `${kind}-${i}`),
      );
      say(`up took ${ran.seconds} s; ${failures.length} of ${asked} searches failed`);
      assert.deepEqual(failures, []);
    });

    if (kind === "kafka") {
      it("shows what passes Kafka, and how long it waits there", async () => {
        const shown = Object.entries(buffer).map(([name, query]) => [
          name,
          query.replaceAll("$__rate_interval", "30m"),
        ]);
        for (const [name, query] of shown) {
          const samples = await evaluated(main, query!);
          assert.ok(
            samples.length > 0 && samples.every(({ value }) => value >= 0),
            `${name}: ${JSON.stringify(samples)}`,
          );
        }
      });
    }

    it("previews without changes, also after a refresh", async () => {
      const pulumi = (...args: readonly string[]) => project.sightline("pulumi", "-s", "trial", ...args);
      succeeded(await pulumi("refresh", "--yes"));
      succeeded(await pulumi("preview", "--expect-no-changes"));
    });

    it("leaves nothing when taken down", async () => {
      succeeded(await project.sightline("down", "-s", "trial", "--yes", "--delete-data", "trial"));
      const kinds = "namespaces,clusterroles,clusterrolebindings,persistentvolumes";
      const selector = `app.kubernetes.io/part-of=${main}`;
      assert.equal(await kubectl("get", kinds, "--output", "name", "--selector", selector), "");
    });

    async function settled(): Promise<void> {
      for (const deadline = Date.now() + restarts; ; await wait(1_000)) {
        const pods = await running();
        const ready = pods.filter(isReady).length;
        if (ready === size && pods.length === size && (await state().catch(String)) === well) return;
        assert.ok(Date.now() < deadline, `${ready} of ${pods.length} pods ready, ${await state().catch(String)}`);
      }
    }
  });
}
