import { CommanderError } from "commander";
import { Refusal } from "../components/core/problems";
import { ToolchainError } from "../toolchain/error";
import { exitCodes } from "./exit-codes";
import { sightlineCommand } from "./sightline";

sightlineCommand()
  .parseAsync()
  .catch((error: unknown) => {
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
