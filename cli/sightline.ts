import { Command } from "commander";
import { version } from "../package.json";
import { checkCommand } from "./commands/check";
import { clusterCommand } from "./commands/cluster";
import { dataCommand } from "./commands/data";
import { discoverCommand } from "./commands/discover";
import { doctorCommand } from "./commands/doctor";
import { downCommand } from "./commands/down";
import { engineCommand } from "./commands/engine";
import { instrumentCommand } from "./commands/instrument";
import { licencesCommand } from "./commands/licences";
import { loginCommand } from "./commands/login";
import { pathCommand } from "./commands/path";
import { planCommand } from "./commands/plan";
import { previewCommand } from "./commands/preview";
import { enginesCommand } from "./commands/engines";
import { pulumiCommand } from "./commands/pulumi";
import { queueCommand } from "./commands/queue";
import { renderCommand } from "./commands/render";
import { samplingCommand } from "./commands/sampling";
import { settingsCommand } from "./commands/settings";
import { toolchainCommand } from "./commands/toolchain";
import { upCommand } from "./commands/up";
import { verifyCommand } from "./commands/verify";
import { exitCodes } from "./exit-codes";
import { withTargets } from "./targets";

/** The whole command line, with every command under it. Nothing runs before it is told to parse. */
export function sightlineCommand(): Command {
  const sightline = new Command("sightline")
    .description("Distributed tracing as code: brings a tracing platform up, proves it, and takes it down.")
    .version(version)
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText(
      "after",
      `\nExit codes:\n${Object.values(exitCodes)
        .map(({ code, meaning }) => `  ${code}  ${meaning}`)
        .join("\n")}`,
    );

  for (const command of [
    upCommand(),
    downCommand(),
    dataCommand(),
    queueCommand(),
    verifyCommand(withTargets),
    loginCommand(),
    previewCommand(),
    planCommand(),
    samplingCommand(withTargets),
    pathCommand(),
    renderCommand(),
    licencesCommand(),
    checkCommand(),
    instrumentCommand(),
    settingsCommand(),
    discoverCommand(),
    doctorCommand(),
    pulumiCommand(),
    toolchainCommand(),
    engineCommand(),
    enginesCommand(),
    clusterCommand(),
  ]) {
    sightline.addCommand(command.copyInheritedSettings(sightline));
  }
  return sightline;
}
