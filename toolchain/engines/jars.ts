import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lastLines } from "../build";
import { cacheFolder } from "../cache";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { withLock } from "../lock";
import type { JavaEngine } from "./engine";

/** What pins the parts of an engine. */
export const pomOf = ({ folder }: JavaEngine): string => join(__dirname, folder, "pom.xml");

/** Where the parts of an engine are, once they have been fetched: another pom.xml, another folder. */
export function jarFolder(engine: JavaEngine): string {
  const key = createHash("sha256")
    .update(readFileSync(pomOf(engine)))
    .digest("hex")
    .slice(0, 12);
  return cacheFolder("engines", "jars", `${engine.folder}-${engine.version}-${key}`);
}

/**
 * The parts of an engine as its pom.xml pins them: those in this user's cache, or fetched by Maven.
 *
 * @throws ToolchainError where Maven is missing or cannot fetch them
 */
export async function obtainJars(engine: JavaEngine, { report, progress, exec = run }: Tools = {}): Promise<string> {
  const folder = jarFolder(engine);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder("engines", "jars"), { recursive: true });
  const fetch = async (): Promise<string> => {
    if (existsSync(folder)) return folder;
    report?.(`fetching ${engine.folder} ${engine.version} with Maven`);
    const scratch = `${folder}.tmp`;
    await rm(scratch, { recursive: true, force: true });
    const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${scratch}`, "-DincludeScope=runtime"];
    const args = ["--batch-mode", "--file", pomOf(engine), ...goal];
    const { code, stdout, stderr } = await exec("mvn", args, progress ? { onLine: progress } : {});
    if (code === 0) {
      await rename(scratch, folder);
      return folder;
    }
    const log = cacheFolder("engines", "jars", `${engine.folder}.log`);
    await writeFile(log, `${stdout}\n${stderr}\n`);
    throw new ToolchainError(
      code === 127
        ? {
            path: "mvn",
            reason: "not on the PATH, and it fetches the parts of engines",
            remedy: "install Maven (package maven of Debian)",
          }
        : {
            path: engine.folder,
            reason: `Maven failed with code ${code}:\n${lastLines(stdout, 5)}\n`,
            remedy: `see ${log}; where parts could not be fetched, name a mirror that has them in Maven's settings.xml`,
          },
    );
  };
  return withLock(`${folder}.lock`, fetch, (pid) => report?.(`process ${pid} is fetching ${engine.folder}`));
}
