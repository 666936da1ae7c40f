import { Command } from "commander";
import { settingsOfStack } from "../../configs/stack-file";
import { obtainEngine } from "../../toolchain/engine";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { foundImages } from "../images";
import { preflight } from "../preflight";
import { ensure, openStack } from "../stack";
import { targetsOf } from "../targets";
import { report, verify } from "../verify";
import { ownSecrets, workspace, writeConfig } from "../workspace";

interface UpOptions {
  readonly stack: string;
  readonly yes?: true;
  readonly verify: boolean;
}

/** `sightline up`: from whatever this machine has to a running, proven stack. */
export function upCommand(): Command {
  return new Command("up")
    .description("bring a stack up: obtain what is missing, run pulumi up, send a canary through it")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask: install Docker where it is missing, and apply without a preview")
    .option("--no-verify", "do not send a canary")
    .action(up);
}

async function up({ stack: name, yes, verify: proves }: UpOptions): Promise<void> {
  const say = (line: string) => console.error(line);
  const agree = yes ? () => Promise.resolve(true) : confirm;

  const settings = settingsOfStack(name, ownSecrets(workspace().configFile(name)));
  const engine = await obtainEngine({ host: settings.dockerHost, confirm: agree, report: say });
  const stack = await openStack(name, say);
  const found = await foundImages(settings, say);
  const overrides = { images: found.images, ...(found.grafana ? {} : { grafana: false }) };
  await preflight(name, { ...settings, ...found }, engine, say);

  writeConfig(stack.workspace.configFile(name), name, overrides);
  await ensure(stack);
  if ((await stack.run("up", ...(yes ? ["--yes", "--skip-preview"] : []))) !== 0) {
    process.exitCode = exitCodes.failed.code;
    return;
  }
  if (found.without !== undefined) say(`\n!! ${found.without}\n`);
  if (!proves) return;
  const result = await verify(await targetsOf(name));
  report(result);
  process.exitCode = result.ok ? exitCodes.done.code : exitCodes.failed.code;
}
