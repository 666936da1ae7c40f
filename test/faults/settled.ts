import { collectorInFlight, collectorQueueSize, tailWaiting } from "../../components/prometheus/metrics";
import type { Path, Process } from "./path";

/** What holds data that it has acknowledged. A gateway has no queue of spans. */
const holding = ["agent", "sampler-0", "sampler-1"] as const;

/** Whether nothing is on its way: no queue holds a byte, no request is under way, and no trace waits for its decision. */
export async function isSettled(path: Path): Promise<boolean> {
  const settled = await Promise.all(holding.map((name) => holdsNothing(path, name)));
  return settled.every(Boolean);
}

/** The same of one process. */
export async function holdsNothing(path: Path, name: Process): Promise<boolean> {
  const held = valuesOf(await path.metrics(name), [collectorQueueSize, collectorInFlight, tailWaiting]);
  return held.every((value) => value === 0);
}

/** Values of these metrics in a text of Prometheus' format. */
export const valuesOf = (text: string, names: readonly string[]): number[] =>
  text.split("\n").flatMap((line) => {
    const [, name = "", value] = /^(\w+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    return names.includes(name) ? [Number(value)] : [];
  });
