import assert from "node:assert/strict";
import { parse } from "yaml";
import { kafkaBuffer } from "../../components/buffer/buffer";
import { kubernetesPlanner } from "../../components/platforms/kubernetes/plan";
import { settingsFrom } from "../../configs/settings-from";
import { settingsOfStack } from "../../configs/stack-file";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { inUpdateOrder } from "../../components/path/update-order";
import { podSecurityViolations } from "../support/pod-security";
import { reachability, type AnyManifest } from "../support/reachability";

const opensearch = { kind: "opensearch", external: { urls: ["https://search.example.com"] } };

const brokers = (nodes: number) =>
  kafkaBuffer({ managed: { nodes, size: "50 GiB", at: kubernetesPlanner({ name: "prod" }) } });

function stack(settings: ReturnType<typeof settingsFrom>) {
  const planner = plannerOf(settings);
  const workloads = observability(settings, planner, describedSecrets);
  const file = (name: string) =>
    parse(
      Object.entries(workloads.find((workload) => workload.name === name)!.files!).flatMap(([path, held]) =>
        path.endsWith("config.yaml") && "content" in held ? [held.content] : [],
      )[0]!,
    ) as Record<string, Record<string, Record<string, unknown>>>;
  return { workloads, objects: planner.plan(workloads), file };
}

describe("brokers of its own", () => {
  it("are taken with the least size that a refusal names, whatever the number of partitions", () => {
    const problemsOf = (nodes: number, partitions: number, size: `${number} MiB`) =>
      kafkaBuffer({ managed: { nodes, partitions, size, at: kubernetesPlanner({ name: "prod" }) } }).problems;
    for (const nodes of [1, 3]) {
      for (let partitions = 12; partitions <= 200; partitions++) {
        const [refused] = problemsOf(nodes, partitions, "1024 MiB");
        const least = Number(/write "(\d+) MiB"/.exec(refused!.remedy)?.[1]);
        assert.deepEqual(problemsOf(nodes, partitions, `${least} MiB`), [], `${nodes} nodes, ${partitions} partitions`);
        assert.equal(problemsOf(nodes, partitions, `${least - 1} MiB`).length, 1);
      }
    }
  });
});

describe("a prod stack with brokers of its own", () => {
  const settings = {
    ...settingsOfStack("prod"),
    buffer: { managed: { nodes: 3, size: "50 GiB" } } as never,
  };
  const { workloads, objects, file } = stack(settings);
  const manifests = objects.map(({ inputs }) => inputs as AnyManifest);

  it("sends from the samplers to Kafka, in batches, and to Jaeger no more", () => {
    const { exporters } = file("sampler");
    assert.equal(exporters!["otlp_grpc/jaeger"], undefined);
    const { brokers, producer, partition_traces_by_id: byTrace } = exporters!["kafka/buffer"]!;
    assert.deepEqual(
      [brokers, producer, byTrace],
      [
        [0, 1, 2].map((n) => `kafka-${n}.kafka-peers.sightline-prod.svc.cluster.local:9092`),
        { required_acks: -1, compression: "zstd", max_message_bytes: 16 * 1024 ** 2 },
        false,
      ],
    );
    assert.deepEqual((file("jaeger")["receivers"]!["kafka"] as { group_id: string }).group_id, "jaeger");
  });

  it("keeps three copies, two of which are there when a message is acknowledged, for as long as is asked", () => {
    const kafka = workloads.find(({ name }) => name === "kafka")!;
    const file = kafka.files!["/etc/kafka-node/server.properties"] as { content: string };
    const properties = Object.fromEntries(
      file.content
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    );
    assert.equal(properties["default.replication.factor"], "3");
    assert.equal(properties["min.insync.replicas"], "2");
    assert.equal(properties["log.retention.ms"], "86400000");
    // 70 % of 50 GiB, for 12 partitions that are on each of three.
    assert.equal(properties["log.retention.bytes"], String(Math.floor((0.7 * 50 * 1024 ** 3) / 12)));
    assert.match(
      properties["controller.quorum.voters"]!,
      /^0@kafka-0\.\S+:9093,1@kafka-1\.\S+:9093,2@kafka-2\.\S+:9093$/,
    );
  });

  it("has a broker alone find itself before others can, and refuses more than three", () => {
    const { engines, problems } = brokers(1);
    const { content } = engines![0]!.files!["/etc/kafka-node/server.properties"] as { content: string };
    assert.match(content, /^controller\.quorum\.voters=0@localhost:9093$/m);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [2, 5].map((nodes) => brokers(nodes).problems.map(({ path, remedy }) => [path, remedy])),
      [2, 5].map(() => [["managed.nodes", "write 3; for more brokers, use your own Kafka: external"]]),
    );
  });

  it("lets who writes and reads reach them, and them each other", () => {
    const edges = reachability(manifests)
      .edges.filter((edge) => edge.includes("sightline-prod/kafka:"))
      .map((edge) => edge.replaceAll("sightline-prod/", ""));
    assert.deepEqual(edges, [
      "jaeger > kafka:9092/TCP",
      "kafka > kafka:9092/TCP",
      "kafka > kafka:9093/TCP",
      "sampler > kafka:9092/TCP",
    ]);
  });

  it("keeps to Pod Security restricted", async () => {
    const violations = await podSecurityViolations(manifests);
    assert.deepEqual(
      violations.filter((violation) => !violation.includes("-nodes/node-reader ")),
      [],
    );
  });

  it("starts Kafka before those who use it", () => {
    const order = inUpdateOrder([...workloads].reverse()).map(({ name }) => name);
    assert.ok(order.indexOf("kafka") < Math.min(order.indexOf("jaeger"), order.indexOf("sampler")));
  });

  it("is watched by alerts of its own", () => {
    const rules = Object.keys(workloads.find(({ name }) => name === "prometheus")!.files!);
    assert.ok(
      rules.some((path) => path.endsWith("/buffer.yml")),
      rules.join(),
    );
  });
});

describe("a stack with brokers of somebody else", () => {
  const external = { brokers: ["kafka-1.example.com:9092"], user: "jaeger" };
  const { workloads, file } = stack(
    settingsFrom("dev", { buffer: { external }, bufferPassword: "s3cret", storage: opensearch }),
  );

  it("shows its password in no file, and encrypts", () => {
    const files = JSON.stringify(workloads.map((workload) => workload.files));
    assert.ok(!files.includes("s3cret"));
    const { auth, tls } = file("collector")["exporters"]!["kafka/buffer"]!;
    assert.deepEqual(tls, { insecure: false });
    assert.deepEqual(auth, {
      sasl: { mechanism: "SCRAM-SHA-512", username: "jaeger", password: "${env:KAFKA_BUFFER_PASSWORD}" },
    });
    assert.deepEqual(
      (file("jaeger")["receivers"]!["kafka"] as { auth: { sasl: { password: string } } }).auth.sasl.password,
      "${env:KAFKA_PASSWORD}",
    );
  });

  it("sends no more spans at once than its topic takes", () => {
    const { sending_queue: queue } = file("collector")["exporters"]!["kafka/buffer"] as {
      sending_queue: { batch: object };
    };
    // Nine tenths of the 1 MiB that Kafka takes.
    assert.deepEqual(queue.batch, { flush_timeout: "200ms", sizer: "bytes", min_size: 65_536, max_size: 943_718 });
  });
});
