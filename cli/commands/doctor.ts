import { Command } from "commander";
import { canStart, describeCheck, survey } from "../../toolchain/survey";
import { exitCodes } from "../exit-codes";

/** `sightline doctor`: what this machine has, what it lacks, and how to get it. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("say what this machine has and lacks for the dev stack; exit code 1 where it could not be started")
    .option("--json", "for machines")
    .action(async ({ json }: { json?: true }) => {
      const checks = await survey();
      const ok = canStart(checks);
      if (json) console.log(JSON.stringify({ ok, checks }, null, 2));
      else console.log([...checks.map(describeCheck), "", ok ? ready : notReady].join("\n"));
      process.exitCode = ok ? exitCodes.done.code : exitCodes.failed.code;
    });
}

const ready = "`sightline up` can start the dev stack here: ✓ is there, ↓ it gets by itself, · it can do without.";
const notReady = "`sightline up` cannot start the dev stack here until what ✗ marks is there.";
