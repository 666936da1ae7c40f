import assert from "node:assert/strict";
import { brokerDisk } from "../../components/capacity/buffer";
import { capacityPlan } from "../../components/capacity/plan";
import { shortfalls } from "../../components/capacity/shortfalls";

/** 8,640,000 requests a day × 10 spans, half of them kept: 500 spans/s × 643 B = 321,500 B/s on average, twice that at peak. */
const bufferFor = (bufferOutage?: `${number}h`, requestsPerDay = 8_640_000) =>
  capacityPlan({
    requestsPerDay,
    peakFactor: 2,
    spansPerRequest: 10,
    endpoints: 100,
    keptShare: 0.5,
    ...(bufferOutage !== undefined && { bufferOutage }),
  }).buffer;

describe("Kafka in a capacity plan", () => {
  it("holds an hour at peak", () => {
    // 643,000 B/s × 3,600 s; a copy on each of three brokers, on 70 % of its volume.
    assert.deepEqual(bufferFor("1h"), { held: 2_314_800_000, brokers: 3, diskEach: 3_306_857_143 });
  });

  it("holds no more than whole days bring", () => {
    // 321,500 B/s × 86,400 s, by default; 30 h at peak are more than two days on average.
    assert.equal(bufferFor().held, 27_777_600_000);
    assert.equal(bufferFor("30h").held, 2 * 27_777_600_000);
  });

  it("has more brokers where three volumes would be larger than volumes are", () => {
    // A thousand times that: 27.7776 TB × 3 ÷ 0.7 = 119.047 TB, in volumes of 16 TiB at most.
    assert.deepEqual(bufferFor("24h", 8_640_000_000), {
      held: 27_777_600_000_000,
      brokers: 7,
      diskEach: 17_006_693_877_600,
    });
  });

  it("keeps one copy on one broker, and three on as many as there are", () => {
    assert.deepEqual(
      [1, 2, 3, 6].map((brokers) => brokerDisk(700, brokers)),
      [1_000, 1_000, 1_000, 500],
    );
  });

  it("is named where a stack's brokers have less room, or may be away for longer", () => {
    const plan = capacityPlan({ requestsPerDay: 1_000_000, endpoints: 600 });
    const short = (size: string, nodes = 3) => shortfalls({ buffer: { managed: { nodes, size } } }, plan);
    // 231.5 spans/s × 643 B × 86,400 s ÷ 0.7 = 17.1 GiB.
    assert.deepEqual(short("10 GiB"), [
      {
        path: "buffer.managed.size",
        value: "10 GiB",
        reason: "less than the traffic plan needs",
        remedy: 'write "18 GiB"',
        needs: "18 GiB",
      },
    ]);
    assert.deepEqual([short("18 GiB"), short("18 GiB", 1), short("17 GiB", 1).length], [[], [], 1]);
    assert.deepEqual(shortfalls({ buffer: { managed: { nodes: "three", size: 5 } } }, plan), []);
  });
});
