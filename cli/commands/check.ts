import { Command } from "commander";
import { checks } from "../check";
import { policed } from "../check/deployed";
import { each, formats, look } from "../check/written";
import { sourceFiles } from "../instrument/files";
import { exitCodes } from "../exit-codes";

const marks = { passed: "ok  ", failed: "FAIL", skipped: "skip" } as const;

interface Options {
  readonly json?: true;
  readonly config: readonly string[];
  readonly file: readonly string[];
  readonly endpoint: readonly string[];
  readonly format: string;
  readonly collector?: string;
}

/**
 * `sightline check`: settings and rendered files against our rules and, where they are built, the real programs. With
 * `--config`, files of Collectors and Jaegers that others wrote, against the rules of docs/lint.md, and with
 * `--file` services against the policies of docs/instrumentation.md; neither needs a stack.
 */
export function checkCommand(): Command {
  return new Command("check")
    .description("check settings and rendered files by our rules and, where they are built, by the real programs")
    .option("--json", "print the outcomes as JSON")
    .option(
      "--config <files>",
      "look at a Collector's or Jaeger's own YAML instead; once a process, files that it merges joined with commas",
      each,
      [],
    )
    .option(
      "-f, --file <path>",
      "look at manifests or compose files instead, by the policies of docs/instrumentation.md",
      each,
      [],
    )
    .option(
      "--endpoint <url>",
      "with --file, an address that services may send to; may be given several times",
      each,
      [],
    )
    .option("--format <format>", `with --config, how findings are printed: ${formats.join(", ")}`, "text")
    .option("--collector <version>", "with --config, the version that runs it: 0.158.0; tells which names it knows")
    .addHelpText("after", help)
    .action(async ({ json, config, file, endpoint, format, collector }: Options) => {
      if (file.length > 0) {
        await checkServices(file, endpoint, json);
        return;
      }
      if (config.length > 0) {
        const { text, exitCode } = look(config, json ? "json" : format, collector);
        if (text !== "") console.log(text);
        process.exitCode = exitCode;
        return;
      }
      await checkStacks(json);
    });
}

const help = `
Services as they would be deployed, before they are:
  helm template shop ./chart | sightline check -f -

Configuration that others wrote, from the first hop to the last; docs/lint.md says what is found:
  sightline check --config agent.yaml --config gateway.yaml --config jaeger.yaml
  sightline check --config base.yaml,production.yaml --collector 0.158.0 --format github
Exits with ${exitCodes.failed.code} where there are errors or warnings, with ${exitCodes.usage.code} where a file is not a Collector's; notes alone pass.`;

async function checkServices(paths: readonly string[], endpoints: readonly string[], json?: true): Promise<void> {
  const [first, ...others] = endpoints;
  const { workloads, found } = policed(
    await sourceFiles(paths),
    first === undefined ? {} : { endpoints: [first, ...others] },
  );
  if (json) console.log(JSON.stringify(found, null, 2));
  else for (const { file, workload, rule, problem } of found) console.log(`${file}: ${workload}: ${rule}: ${problem}`);
  if (!json)
    console.log(
      `${workloads} workload${workloads === 1 ? "" : "s"}, ${found.length} refusal${found.length === 1 ? "" : "s"}`,
    );
  process.exitCode = found.length > 0 ? exitCodes.failed.code : exitCodes.done.code;
}

async function checkStacks(json?: true): Promise<void> {
  const outcomes = [];
  for (const { subject, by, run } of checks()) {
    const outcome = await run();
    outcomes.push({ subject, by, ...outcome });
    if (!json) console.log(`${marks[outcome.state]}  ${subject} (${by})${"why" in outcome ? `: ${outcome.why}` : ""}`);
  }
  if (json) console.log(JSON.stringify(outcomes, null, 2));
  process.exitCode = outcomes.some(({ state }) => state === "failed") ? exitCodes.failed.code : exitCodes.done.code;
}
