import { obtainBinary } from "../../toolchain/build";
import type { BinaryName } from "../../toolchain/catalog";

/**
 * Binaries of the toolchain, by name: those of this user's cache, and where one is not there it is built first, said so,
 * which takes minutes.
 *
 * @throws ToolchainError with what this machine lacks
 */
export async function obtain<N extends BinaryName>(...names: readonly N[]): Promise<Record<N, string>> {
  const report = (line: string): void => console.log(`      ${line}`);
  const built = await Promise.all(names.map(async (name) => [name, (await obtainBinary(name, { report })).path]));
  return Object.fromEntries(built) as Record<N, string>;
}
