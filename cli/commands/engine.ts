import { Command } from "commander";
import { sentence } from "../../components/core/problems";
import { findEngine, obtainEngine, ownEngine, stopEngine } from "../../toolchain/engine";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";

const say = (line: string): void => console.error(line);
const yes = (): Promise<boolean> => Promise.resolve(true);

/** `sightline engine`: the Docker engine of this machine, where nobody else looks after one. */
export function engineCommand(): Command {
  const engine = new Command("engine").description("bring up a Docker engine on this machine, or take it down");
  engine
    .command("up")
    .description(
      "start the Docker engine, and on Debian or Ubuntu as root install it first; one that runs is left as is",
    )
    .option("-y, --yes", "do not ask before installing")
    .option("--data-root <folder>", "where it keeps images and volumes (default: Docker's own, /var/lib/docker)")
    .action(up);
  engine
    .command("status")
    .description("say whether an engine answers; exit code 3 where none does")
    .option("--json", "for machines")
    .action(status);
  engine.command("down").description("stop the engine that `engine up` or `up` has started").action(down);
  return engine;
}

async function up(options: { yes?: true; dataRoot?: string }): Promise<void> {
  const { host, version } = await obtainEngine({
    confirm: options.yes ? yes : confirm,
    report: say,
    ...(options.dataRoot !== undefined && { dataRoot: options.dataRoot }),
  });
  console.log(`Docker ${version} answers on ${host}`);
}

async function status({ json }: { json?: true }): Promise<void> {
  const found = await findEngine();
  if (json) console.log(JSON.stringify({ ...found, startedByUs: ownEngine() !== undefined }, null, 2));
  else if (found.state === "running") console.log(`Docker ${found.engine.version} answers on ${found.engine.host}`);
  else console.log(sentence(found.problem));
  process.exitCode = found.state === "running" ? exitCodes.done.code : exitCodes.machine.code;
}

async function down(): Promise<void> {
  const done = await stopEngine();
  console.log(done === "stopped" ? "stopped" : "no engine was started from here; one that runs is left as it is");
}
