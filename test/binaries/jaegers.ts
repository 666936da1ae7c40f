import assert from "node:assert/strict";
import { execa } from "execa";
import type { Version } from "../../components/core/version";
import { images } from "../../components/images";
import { binaries } from "../../toolchain/catalog";
import { obtain } from "./obtain";

const built = binaries.jaeger.version;

/** Jaeger as the toolchain builds it, and as it is pinned. */
export const jaegerVersions: readonly Version[] = [built, images.jaeger.version];

/** The program of one of these versions; where there is none on this machine, skips what asks for it and says why. */
export async function jaegerProgram(version: Version, context: Mocha.Context): Promise<string> {
  if (version === built) return (await obtain("jaeger")).jaeger;
  const program = process.env["SIGHTLINE_JAEGER"];
  if (!program) {
    console.log(`      not run: set SIGHTLINE_JAEGER to a Jaeger ${version}, which the toolchain cannot build`);
    return context.skip();
  }
  const { stdout } = await execa(program, ["version"]);
  assert.ok(stdout.includes(version), `${program} is not ${version}: ${stdout}`);
  return program;
}
