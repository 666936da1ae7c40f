import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { extract } from "tar";
import { obtainPulumi, type PluginName } from "../../toolchain/pulumi";

const root = join(__dirname, "..", "..");

/** A Pulumi program of another team, in a folder of its own, with the package as it is published. */
export interface OtherProgram {
  /** Holds `program`, and the packages above it. */
  readonly folder: string;
  /** The package, unpacked. */
  readonly sightline: string;
  /** Runs Pulumi there. */
  run(
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<{ readonly exitCode?: number | undefined; readonly stdout: string; readonly stderr: string }>;
  remove(): void;
}

/** @param program text of its `index.js` */
export async function otherProgram(program: string, plugins: readonly PluginName[]): Promise<OtherProgram> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-program-"));
  const pulumi = await obtainPulumi({ plugins });
  const modules = join(folder, "node_modules");
  const sightline = join(modules, "sightline");
  mkdirSync(sightline, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const { stdout } = await execa("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  await extract({ file: join(folder, stdout.trim().split("\n").at(-1)!), cwd: sightline, strip: 1 });
  mkdirSync(join(folder, "program"));
  const write = (file: string, text: string) => writeFileSync(join(folder, "program", file), text);
  write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
  write("package.json", '{ "name": "shop", "version": "1.0.0", "main": "index.js" }');
  write("index.js", program);
  mkdirSync(join(folder, "state"));
  const run: OtherProgram["run"] = (env, ...args) =>
    execa(pulumi.command, [...args], {
      cwd: join(folder, "program"),
      env: {
        ...pulumi.env,
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "preview",
        ...env,
      },
      stdin: "ignore",
      reject: false,
    });
  await run({}, "stack", "init", "dev", "--non-interactive");
  return { folder, sightline, run, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
