import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import type { Ran } from "./dev-stack";

const root = join(__dirname, "..", "..");

/** A clone of the project whose settings can be edited as a user edits them, with state of its own. */
export interface Clone {
  readonly folder: string;
  /** Changes keys of `Pulumi.<stack>.yaml`, written without the project's prefix. */
  edit(stack: string, settings: Readonly<Record<string, unknown>>): void;
  /** Runs the command line as a user does. */
  sightline(...args: readonly string[]): Promise<Ran>;
}

/** Copies the project as it stands, with what is not committed. */
export async function clone(env: Readonly<Record<string, string>>): Promise<Clone> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-clone-"));
  const listed = await execa("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
    cwd: root,
    lines: true,
  });
  for (const file of listed.stdout) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const own = { XDG_DATA_HOME: join(folder, ".data"), PULUMI_BACKEND_URL: "", PULUMI_ACCESS_TOKEN: "", ...env };
  return {
    folder,
    edit(stack, settings) {
      const file = join(folder, `Pulumi.${stack}.yaml`);
      const { config = {} } = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
      const changed = Object.entries(settings).map(([key, value]) => [`sightline:${key}`, value] as const);
      writeFileSync(file, stringify({ config: { ...config, ...Object.fromEntries(changed) } }));
    },
    async sightline(...args) {
      const start = performance.now();
      const done = await execa("npm", ["run", "--silent", "sightline", "--", ...args], {
        cwd: folder,
        env: own,
        all: true,
        reject: false,
      });
      return { code: done.exitCode ?? -1, text: done.all, seconds: Math.round((performance.now() - start) / 100) / 10 };
    },
  };
}
