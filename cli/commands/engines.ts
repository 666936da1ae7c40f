import { Argument, Command } from "commander";
import { engineNames, engines, type EngineName } from "../../toolchain/engines";
import { forgetEngine, runningEngine, startEngine, stopEngine } from "../../toolchain/engines/run";
import { exitCodes } from "../exit-codes";

const say = (line: string): void => console.error(line);
const names = (): Argument => new Argument("[names...]", "which (default: all)").choices(engineNames);

/** `sightline engines`: stores and queues on this machine, outside any stack, to try Jaeger with. */
export function enginesCommand(): Command {
  const command = new Command("engines").description("run storage engines on this machine, to try Jaeger with");
  command
    .command("up")
    .description("start engines on 127.0.0.1; Maven fetches them the first time, and Java has to be here")
    .addArgument(new Argument("<names...>", "which").choices(engineNames))
    .action(up);
  command.command("status").description("what runs, and where").option("--json", "for machines").action(status);
  command
    .command("down")
    .description("stop engines that `engines up` has started; they keep their data")
    .addArgument(names())
    .option("--forget", "remove their data too")
    .action(down);
  return command;
}

async function up(wanted: readonly EngineName[]): Promise<void> {
  for (const name of wanted) {
    const { address, pid } = await startEngine(name, {}, { report: say });
    console.log(`${name} ${engines[name].version} answers on ${address} (process ${pid})`);
  }
}

function status({ json }: { json?: true }): void {
  const all = engineNames.map((name) => ({ name, version: engines[name].version, ...runningEngine(name) }));
  if (json) console.log(JSON.stringify(all, null, 2));
  for (const { name, version, address } of json ? [] : all) {
    console.log(`${name.padEnd(14)} ${version.padEnd(8)} ${address ?? "not running"}`);
  }
  process.exitCode = exitCodes.done.code;
}

async function down(wanted: readonly EngineName[], { forget }: { forget?: true }): Promise<void> {
  for (const name of wanted.length === 0 ? engineNames : wanted) {
    console.log(`${name}: ${await stopEngine(name)}`);
    if (forget) forgetEngine(name);
  }
}
