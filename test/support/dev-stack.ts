import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Targets, User } from "../../cli/verify";

const root = join(__dirname, "..", "..");
/** Where state, passphrase and settings of the user go. */
export const home = mkdtempSync(join(tmpdir(), "sightline-live-"));

/** State of its own, so that a developer's own stacks stay as they are; the toolchain's cache is shared. */
const env = { XDG_DATA_HOME: home, PULUMI_BACKEND_URL: "", PULUMI_ACCESS_TOKEN: "" };

export interface Ran {
  readonly code: number;
  /** Everything printed. */
  readonly text: string;
  readonly seconds: number;
}

/** Runs the command line as a user does. */
export async function sightline(...args: readonly string[]): Promise<Ran> {
  const start = performance.now();
  const done = await execa("npm", ["run", "--silent", "sightline", "--", ...args], {
    cwd: root,
    env,
    all: true,
    reject: false,
  });
  return { code: done.exitCode ?? -1, text: done.all, seconds: Math.round((performance.now() - start) / 100) / 10 };
}

/** Runs the Docker client; gives the lines it prints. */
export async function docker(...args: readonly string[]): Promise<string[]> {
  const { stdout } = await execa("docker", [...args]);
  return stdout.split("\n").filter((line) => line !== "");
}

const ours = ["--filter", "label=dev.sightline.stack=sightline-dev"] as const;

/** What the engine has of the dev stack. */
export const left = async () => ({
  containers: await docker("ps", "--all", ...ours, "--format", "{{.Names}}"),
  volumes: await docker("volume", "ls", ...ours, "--format", "{{.Name}}"),
  networks: await docker("network", "ls", ...ours, "--format", "{{.Name}}"),
});

/** Containers that run. */
export const running = async (): Promise<string[]> => (await docker("ps", ...ours, "--format", "{{.Names}}")).sort();

/** By what its stores know who asks, once it is up. */
export async function storesOf(stack = "dev"): Promise<User> {
  const args = ["pulumi", "-s", stack, "stack", "output", "credentials", "--show-secrets", "--json"];
  const { stdout } = await execa("npm", ["run", "--silent", "sightline", "--", ...args], { cwd: root, env });
  const { storesUser: user, storesPassword: password } = JSON.parse(stdout) as Record<string, string>;
  return { user: user!, password: password! };
}

/** Where the dev stack is reached with its own settings. */
export const targets: Targets = {
  otlpHttp: "http://127.0.0.1:4318",
  jaeger: "http://127.0.0.1:16686",
  sampling: "http://127.0.0.1:5778",
  prometheus: "http://127.0.0.1:9090",
  logs: { kind: "victorialogs", url: "http://127.0.0.1:9428" },
};
