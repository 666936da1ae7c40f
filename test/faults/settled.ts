import { collectorInFlight, collectorQueueSize, tailWaiting } from "../../components/prometheus/metrics";
import type { Path } from "./path";

/** What holds data that it has acknowledged. A gateway has no queue of spans. */
const holding = ["agent", "sampler-0", "sampler-1"] as const;

/** Whether nothing is on its way: no queue holds a byte, no request is under way, and no trace waits for its decision. */
export async function isSettled(path: Path): Promise<boolean> {
  const texts = await Promise.all(holding.map((name) => path.metrics(name)));
  return texts.every((text) =>
    valuesOf(text, [collectorQueueSize, collectorInFlight, tailWaiting]).every((value) => value === 0),
  );
}

/** Values of these metrics in a text of Prometheus' format. */
export const valuesOf = (text: string, names: readonly string[]): number[] =>
  text.split("\n").flatMap((line) => {
    const [, name = "", value] = /^(\w+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    return names.includes(name) ? [Number(value)] : [];
  });
