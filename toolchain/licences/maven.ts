import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLines } from "../build";
import { engineNames, engines } from "../engines";
import { pomOf } from "../engines/jars";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import type { Dependency } from "./dependency";
import { mavenNames } from "./maven-names";

const plugin = "org.codehaus.mojo:license-maven-plugin:2.7.0:add-third-party";

/**
 * Every jar of the engines that run here or are put into images, as their poms and those above them say.
 *
 * @throws ToolchainError where Maven is missing or cannot fetch them
 */
export async function mavenDependencies({ exec = run, report }: Tools = {}): Promise<Dependency[]> {
  const all: Dependency[] = [];
  for (const name of engineNames) {
    const { folder } = engines[name];
    report?.(`asking Maven for the licences of ${folder}`);
    const output = mkdtempSync(join(tmpdir(), "sightline-licences-"));
    try {
      const wanted = [`-Dlicense.outputDirectory=${output}`, "-Dlicense.excludedScopes=test,provided"];
      const { code, stdout } = await exec("mvn", ["--batch-mode", "--file", pomOf(engines[name]), plugin, ...wanted]);
      if (code !== 0) {
        throw new ToolchainError({
          path: folder,
          reason: code === 127 ? "Maven is not on the PATH" : `Maven failed: ${lastLines(stdout, 3)}`,
          remedy: "install Maven (package maven of Debian), and name a mirror that has the jars in its settings.xml",
        });
      }
      const listed = readFileSync(join(output, "THIRD-PARTY.txt"), "utf8");
      const found = thirdParties(listed, `toolchain/engines/${folder}/pom.xml`);
      const [, count] = /^Lists of (\d+) /m.exec(listed) ?? [];
      if (found.length !== Number(count)) {
        throw new ToolchainError({
          path: folder,
          reason: `Maven says it lists ${count} jars, and ${found.length} lines could be read`,
          remedy: "mend thirdParties() in toolchain/licences/maven.ts",
        });
      }
      all.push(...found);
    } finally {
      rmSync(output, { recursive: true });
    }
  }
  return all;
}

/** `(Licence) (Another) Name (group:artifact:version - address)`: each line names what one jar is under. */
export const thirdParties = (text: string, pom: string): Dependency[] =>
  text
    .split("\n")
    .map((line) => /^ +((?:\((?:[^()]|\([^()]*\))*\) )+).*\(([^\s()]+):([^\s():]+) - [^()]*\)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, licences, name, version]) => ({
      kind: "maven",
      name: name!,
      version: version!,
      licence: expression([...licences!.matchAll(/\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, said]) => said!)),
      use: "program",
      through: [pom],
    }));

/** Of several licences in a pom, one may choose. Source: https://maven.apache.org/pom.html#Licenses */
const expression = (said: readonly string[]): string => said.map((name) => mavenNames[name] ?? name).join(" OR ");
