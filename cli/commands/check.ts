import { Command } from "commander";
import { checks } from "../check";
import { exitCodes } from "../exit-codes";

const marks = { passed: "ok  ", failed: "FAIL", skipped: "skip" } as const;

/** `sightline check`: settings and rendered files against our rules and, where they are built, the real programs. */
export function checkCommand(): Command {
  return new Command("check")
    .description("check settings and rendered files by our rules and, where they are built, by the real programs")
    .option("--json", "print the outcomes as JSON")
    .action(async ({ json }: { json?: true }) => {
      const outcomes = [];
      for (const { subject, by, run } of checks()) {
        const outcome = await run();
        outcomes.push({ subject, by, ...outcome });
        if (!json)
          console.log(`${marks[outcome.state]}  ${subject} (${by})${"why" in outcome ? `: ${outcome.why}` : ""}`);
      }
      if (json) console.log(JSON.stringify(outcomes, null, 2));
      process.exitCode = outcomes.some(({ state }) => state === "failed") ? exitCodes.failed.code : exitCodes.done.code;
    });
}
