import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { Refusal } from "../components/core/problems";
import { ToolchainError } from "../toolchain/error";
import { checkCommand } from "./commands/check";
import { clusterCommand } from "./commands/cluster";
import { dataCommand } from "./commands/data";
import { doctorCommand } from "./commands/doctor";
import { downCommand } from "./commands/down";
import { engineCommand } from "./commands/engine";
import { planCommand } from "./commands/plan";
import { previewCommand } from "./commands/preview";
import { enginesCommand } from "./commands/engines";
import { pulumiCommand } from "./commands/pulumi";
import { renderCommand } from "./commands/render";
import { settingsCommand } from "./commands/settings";
import { toolchainCommand } from "./commands/toolchain";
import { upCommand } from "./commands/up";
import { verifyCommand } from "./commands/verify";
import { exitCodes } from "./exit-codes";
import { withTargets } from "./targets";

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
  verifyCommand(withTargets),
  previewCommand(),
  planCommand(),
  renderCommand(),
  checkCommand(),
  settingsCommand(),
  doctorCommand(),
  pulumiCommand(),
  toolchainCommand(),
  engineCommand(),
  enginesCommand(),
  clusterCommand(),
]) {
  sightline.addCommand(command.copyInheritedSettings(sightline));
}

sightline.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Help and version arrive here too, as success.
    process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage.code;
    return;
  }
  const known = error instanceof Refusal || error instanceof ToolchainError;
  console.error(known ? error.message : error);
  process.exitCode =
    error instanceof Refusal
      ? exitCodes.usage.code
      : error instanceof ToolchainError
        ? exitCodes.machine.code
        : exitCodes.failed.code;
});
