import { join } from "node:path";
import { unpackPackages, type UnpackOptions } from "./debian";

const busybox = { "busybox-static": "bin/busybox" } as const;

/** Packages of the distribution that it comes with. */
export const shellPackages = Object.keys(busybox);

/**
 * BusyBox as a static program, which called `sh` is a shell that has `sleep` and the like in itself.
 *
 * @throws ToolchainError where the package cannot be had
 */
export const obtainShell = async (options: UnpackOptions = {}): Promise<string> =>
  join(await unpackPackages("images", busybox, options), busybox["busybox-static"]);
