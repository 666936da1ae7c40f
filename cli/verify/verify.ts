import { setTimeout as wait } from "node:timers/promises";
import { Listr } from "listr2";
import { NoAnswer, type Backend, type Finding } from "./backend";
import { makeCanary, type Canary } from "./canary";
import { sender } from "./otlp";
import { callsQuery, collectorTrouble, edgesQuery, newest, type Newest } from "./prometheus";
import { steps, type Step } from "./steps";
import { store, type Targets } from "./targets";

export interface VerifyOptions {
  /** Longest time for each step, in milliseconds. @default 60_000 */
  readonly timeout?: number;
  /** Shows no progress. @default false */
  readonly quiet?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly title: string;
  readonly outcome: "found" | "missing" | "off";
  /** Time from the moment the canary was accepted, or for sending it. */
  readonly seconds: number;
  /** What was there, what was there instead, or why nobody looked. */
  readonly saw: string;
  /** Why it may be missing, likeliest first. @default - it is not missing */
  readonly reasons?: readonly string[];
  /** @default - it is not missing */
  readonly lookAt?: string;
}

export interface VerifyResult {
  /** Nothing is missing. What is off is not missing. */
  readonly ok: boolean;
  readonly traceId: string;
  readonly seconds: number;
  /** In the order in which data passes. A canary that was not accepted ends with the first. */
  readonly steps: readonly StepResult[];
  /** Figures of the Collector that tell of loss or waiting, where something is missing: `name{labels} value`. */
  readonly collector: readonly string[];
}

/** Pause between two looks for one thing, in milliseconds. */
const pause = 500;

/**
 * Sends one request through three services that exist for a moment only, with a log line and a metric, and finds it
 * again everywhere it must arrive.
 */
export async function verify(
  targets: Targets,
  { timeout = 60_000, quiet = false }: VerifyOptions = {},
): Promise<VerifyResult> {
  const start = Date.now();
  const prometheus = store(targets, targets.prometheus);
  const before = { calls: await known(prometheus, callsQuery), edges: await known(prometheus, edgesQuery) };
  const canary = await makeCanary();
  const results = await runAll([sending(targets, canary)], timeout, quiet);
  if (results[0]!.outcome === "found") results.push(...(await runAll(steps(targets, canary, before), timeout, quiet)));
  const ok = results.every(({ outcome }) => outcome !== "missing");
  return {
    ok,
    traceId: canary.traceId,
    seconds: since(start),
    steps: results,
    collector: ok ? [] : await collectorTrouble(prometheus).catch(() => []),
  };
}

/** Where Prometheus stands. It may still be starting: then it knows nothing. */
const known = (prometheus: Backend, query: string): Promise<Newest> => newest(prometheus, query).catch(() => ({}));

function sending({ otlpHttp: url, token }: Targets, canary: Canary): Step {
  const send = sender(canary, { url, token });
  return {
    name: "send",
    title: "send a canary over OTLP",
    look: async () => {
      await send();
      return { found: true, saw: `${canary.spans.length} spans, a log line and a metric were accepted` };
    },
    reasons: [
      "the Collector does not run, or is not published at this address",
      "it asks for a token, and got none or another one",
      "it refuses data because its queue or memory is full: see its log",
    ],
    lookAt: url,
  };
}

/** Runs steps side by side, since each waits for a path of its own. */
async function runAll(list: readonly Step[], timeout: number, quiet: boolean): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const tasks = list.map((step, i) => ({
    title: step.title,
    task: async (_: unknown, task: Progress) => {
      const result = await runOne(step, timeout, (saw) => (task.output = `${step.title}: ${saw}`));
      results[i] = result;
      if (result.outcome === "off") return task.skip(`${step.title}: OFF, ${result.saw}`);
      if (result.outcome === "missing") throw new Error(`${step.title}: ${result.saw}`);
      task.title = `${step.title}: ${result.saw} (${result.seconds} s)`;
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    silentRendererCondition: quiet,
    rendererOptions: { collapseErrors: false, icon: { OUTPUT: "so far:" } },
    // Without a terminal lines stand alone.
    fallbackRendererOptions: { icon: { STARTED: "begins:", OUTPUT: "so far:" } },
  }).run();
  return results;
}

/** The part of a listr2 task that is used here. */
interface Progress {
  title: string | undefined;
  output: string;
  skip(message: string): void;
}

/** Looks again and again until it is found or time is up. A backend that does not answer yet is not a failure. */
async function runOne(step: Step, timeout: number, progress: (saw: string) => void): Promise<StepResult> {
  const { name, title, look, reasons, lookAt } = step;
  const start = Date.now();
  if ("off" in look) return { name, title, outcome: "off", seconds: 0, saw: look.off };
  for (let last = ""; ;) {
    const { found, saw, reason } = await look().catch(asFinding);
    if (found) return { name, title, outcome: "found", seconds: since(start), saw };
    if (Date.now() - start + pause > timeout) {
      const likely = reason === undefined ? reasons : [reason, ...reasons];
      return { name, title, outcome: "missing", seconds: since(start), saw, reasons: likely, lookAt };
    }
    if (saw !== last) progress(saw);
    last = saw;
    await wait(pause);
  }
}

const asFinding = (error: unknown): Finding => ({
  found: false,
  saw: error instanceof Error ? error.message : String(error),
  ...(error instanceof NoAnswer && error.status === undefined && { reason: "it does not run, or listens elsewhere" }),
});
const since = (start: number): number => Math.round((Date.now() - start) / 100) / 10;
