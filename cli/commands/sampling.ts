import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import { isDuration, type Duration } from "../../components/core/units";
import { profileProblems, profileText, readTraces } from "../../components/sampling/budget";
import { exitCodes } from "../exit-codes";
import { explained, notStored, storedTrace } from "../sampling/explain";
import { learn } from "../sampling/learn";
import { hasBudget, plannedOf, type Instead } from "../sampling/plan";
import { comparison } from "../sampling/preview";
import { replayed } from "../sampling/replay";
import type { Targets } from "../verify";

type WithTargets = <T>(stack: string, look: (targets: Targets) => Promise<T>) => Promise<T>;
interface Where {
  readonly stack: string;
  readonly prometheus?: string;
  readonly jaeger?: string;
}

/**
 * `sightline sampling`: what a budget keeps, before and after.
 *
 * @param withTargets looks at the addresses of a stack
 */
export function samplingCommand(withTargets: WithTargets): Command {
  const sampling = new Command("sampling").description("what a sampling budget keeps, and why");
  const stack = ["-s, --stack <name>", "stack", "prod"] as const;
  sampling
    .command("learn")
    .description("write a profile of traffic from span metrics, which are taken before any sampling")
    .option(...stack)
    .option("--window <duration>", "time to learn from", "7d")
    .option("--out <file>", "write it here instead of printing it")
    .option("--prometheus <url>", "Prometheus; with it no stack is asked")
    .option("--jaeger <url>", "query API of Jaeger, for how many spans traces have")
    .action(learnInto(withTargets));
  sampling
    .command("preview")
    .description("show what another budget or profile would keep, beside that of a stack")
    .option(...stack)
    .option("--budget <amount>", '"200 spans/s", "5 %" or "50 GiB/month"')
    .option("--profile <file>", "a profile that learn wrote")
    .action(({ stack: name, ...instead }: Instead & { stack: string }) => {
      console.log(comparison(hasBudget(name) ? plannedOf(name) : undefined, plannedOf(name, instead)));
    });
  sampling
    .command("explain")
    .description("say why a stored trace was kept")
    .argument("<trace-id>", "in hexadecimal")
    .option(...stack)
    .option("--jaeger <url>", "query API of Jaeger; with it no stack is asked")
    .action(async (traceId: string, { stack: name, jaeger }: Where) => {
      const planned = plannedOf(name);
      const trace =
        jaeger === undefined
          ? await withTargets(name, (targets) => storedTrace({ url: targets.jaeger }, traceId))
          : await storedTrace({ url: jaeger }, traceId);
      console.log(trace === undefined ? notStored(traceId) : explained(trace, planned));
      process.exitCode = trace === undefined ? exitCodes.failed.code : exitCodes.done.code;
    });
  sampling
    .command("replay")
    .description("say what a budget would have kept of recorded traces")
    .requiredOption("--traces <file>", "OTLP JSON, one request or one a line, or Jaeger JSON")
    .option(...stack)
    .option("--budget <amount>", "another budget than that of the stack")
    .option("--profile <file>", "another profile")
    .action(({ stack: name, traces, ...instead }: Instead & { stack: string; traces: string }) => {
      console.log(replayed(recorded(traces), plannedOf(name, instead)));
    });
  return sampling;
}

const learnInto =
  (withTargets: WithTargets) =>
  async ({ stack, window, out, prometheus, jaeger }: Where & { window: string; out?: string }): Promise<void> => {
    if (!isDuration(window)) {
      refuse("arguments", [{ path: "--window", value: window, reason: "not a duration", remedy: "write it as 7d" }]);
    }
    const from = (at: string, traces: string | undefined) =>
      learn({ prometheus: { url: at }, ...(traces && { jaeger: { url: traces } }) }, window as Duration, new Date());
    const profile =
      prometheus === undefined
        ? await withTargets(stack, (targets) => from(targets.prometheus, targets.jaeger))
        : await from(prometheus, jaeger);
    refuse(`what was learnt in ${window}`, profileProblems(profile));
    if (out === undefined) console.log(profileText(profile).trimEnd());
    else {
      writeFileSync(out, profileText(profile));
      console.error(`${profile.routes.length} routes written to ${out}`);
    }
  };

/** @throws Refusal where there is nothing to replay */
function recorded(file: string) {
  let content = "";
  try {
    content = readFileSync(file, "utf8");
  } catch {
    // Refused below.
  }
  const traces = readTraces(content);
  if (traces.length === 0) {
    const remedy = "save traces in Jaeger's UI, or let the Collector's file exporter write some";
    refuse("arguments", [{ path: "--traces", value: file, reason: "no traces in OTLP JSON or Jaeger JSON", remedy }]);
  }
  return traces;
}
