import { existsSync, readFileSync, realpathSync } from "node:fs";
import { copyFile, link, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { contentHash } from "../components/core/names";
import { atLeast, isVersion, type Version } from "../components/core/version";
import { lastLines, obtainBinary } from "./build";
import { cacheFolder } from "./cache";
import { binaries, binaryNames, catalog, type BinaryName } from "./catalog";
import { ToolchainError } from "./error";
import { run, type Exec, type Tools } from "./exec";
import { recipeKey } from "./recipe";

/** A Pulumi command line that works on this project. */
export interface PulumiCommand {
  /** Path of the command. */
  readonly command: string;
  readonly version: Version;
  /** To be added to the environment it runs in. */
  readonly env: Readonly<Record<string, string>>;
  readonly origin: "present" | "built";
}

export type PluginName = "docker" | "random" | "kubernetes";

export interface PulumiOptions extends Tools {
  /** Providers it must have. @default ["docker", "random"] */
  readonly plugins?: readonly PluginName[];
}

/** Oldest command line that runs programs on the pinned npm package. */
export const pulumiFloor: Version = "3.200.0";

/**
 * Pulumi with its providers: the one on the PATH, untouched, or else one built from source in this user's cache.
 * Providers it lacks are installed as Pulumi itself does, or built where that fails.
 *
 * @throws ToolchainError where a build fails
 */
export async function obtainPulumi(options: PulumiOptions = {}): Promise<PulumiCommand> {
  const { plugins = ["docker", "random"], exec = run } = options;
  const pulumi = (await findPulumi(exec)) ?? (await builtPulumi(options));
  const missing = await missingPlugins(pulumi, plugins, exec);
  if (missing.length === 0) return pulumi;
  const atHome = { ...pulumi, env: { ...privateHome(), ...pulumi.env } };
  const unbuilt = await missingPlugins(atHome, plugins, exec);
  if (unbuilt.length === 0) return atHome;
  if (await install(pulumi, missing, options)) return pulumi;
  for (const name of unbuilt) await register(atHome, name, options);
  return atHome;
}

/** Pulumi on the PATH, if it is new enough and can run Node.js programs. */
export async function findPulumi(exec: Exec = run): Promise<PulumiCommand | undefined> {
  const { code, stdout } = await exec("pulumi", ["version"], { env: { PULUMI_SKIP_UPDATE_CHECK: "true" } });
  const version = stdout.trim().replace(/^v/, "");
  if (code !== 0 || !isVersion(version) || !atLeast(version, pulumiFloor)) return undefined;
  // The language host lies beside the command, or somewhere on the PATH.
  const command = onPath("pulumi");
  const host = "pulumi-language-nodejs";
  const runsNode = command && (existsSync(join(dirname(realpathSync(command)), host)) || onPath(host));
  return runsNode ? { command, version, env: {}, origin: "present" } : undefined;
}

const onPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

/** Pulumi built from source, with a home of its own: nothing in the user's ~/.pulumi is touched. */
async function builtPulumi(options: PulumiOptions): Promise<PulumiCommand> {
  const bin = join(home(), "bin");
  await mkdir(bin, { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs"] as const) {
    const target = join(bin, name);
    if (!existsSync(target)) await place((await obtainBinary(name, options)).path, target);
  }
  return {
    command: join(bin, "pulumi"),
    version: catalog.pulumi.version,
    env: { ...privateHome(), PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) },
    origin: "built",
  };
}

/** Where what was built for Pulumi lives; another place for other sources. */
const home = (): string =>
  cacheFolder(
    "pulumi",
    contentHash(
      binaryNames
        .filter(isPulumis)
        .map((name) => recipeKey(binaries[name]))
        .join(),
    ),
  );

const isPulumis = (name: BinaryName): boolean => name.startsWith("pulumi");

const place = (file: string, target: string): Promise<void> => link(file, target).catch(() => copyFile(file, target));

/** Environment for a Pulumi that takes plugins from a home of ours and nowhere else. */
function privateHome(): Record<string, string> {
  const userHome = process.env["PULUMI_HOME"] || join(homedir(), ".pulumi");
  const isLoggedIn = existsSync(join(userHome, "credentials.json"));
  return {
    PULUMI_HOME: home(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...(isLoggedIn && { PULUMI_CREDENTIALS_PATH: userHome }),
  };
}

/** Version of a provider that this project's programs ask for: that of its npm package. */
export function pluginVersion(name: PluginName): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Providers that a Pulumi does not have yet, in the version the programs ask for. */
export async function missingPlugins(
  { command, env }: PulumiCommand,
  names: readonly PluginName[],
  exec: Exec = run,
): Promise<PluginName[]> {
  const { code, stdout } = await exec(command, ["plugin", "ls", "--json"], { env });
  const known = code === 0 ? (JSON.parse(stdout) as { name: string; kind: string; version?: string }[]) : [];
  return names.filter(
    (name) => !known.some((p) => p.kind === "resource" && p.name === name && p.version === pluginVersion(name)),
  );
}

/** Lets Pulumi install providers from its own servers; gives whether it could. */
async function install(
  { command, env }: PulumiCommand,
  names: readonly PluginName[],
  { report, exec = run }: PulumiOptions,
): Promise<boolean> {
  for (const name of names) {
    const args = ["plugin", "install", "resource", name, pluginVersion(name)];
    report?.(`installing Pulumi's provider ${name} ${pluginVersion(name)}`);
    const { code } = await exec(command, args, { env, silence: 30_000, timeout: 600_000 });
    if (code !== 0) return false;
  }
  return true;
}

/** Puts a built provider where Pulumi looks for installed ones. */
async function register({ command, env }: PulumiCommand, name: PluginName, options: PulumiOptions): Promise<void> {
  const { report, exec = run } = options;
  report?.(`Pulumi's provider ${name} cannot be downloaded; using one built from source`);
  const { path } = await obtainBinary(`pulumi-resource-${name}`, options);
  const args = ["plugin", "install", "resource", name, pluginVersion(name), "--file", path, "--reinstall"];
  const { code, stderr } = await exec(command, args, { env });
  if (code === 0) return;
  throw new ToolchainError({
    path: `pulumi plugin ${name}`,
    value: path,
    reason: lastLines(stderr, 3),
    remedy: "see what Pulumi says; `sightline doctor` lists what this machine has",
  });
}
