import { ToolchainError } from "../toolchain/error";
import { toHost } from "../toolchain/docker";
import { run, type Exec } from "../toolchain/exec";

/** Kinds of objects a Docker engine has, in an order in which they can be removed. */
const kinds = ["container", "network", "volume"] as const;

/** What a Docker engine holds of a stack, by its kind: names, sorted. */
export type Leftovers = Readonly<Record<(typeof kinds)[number], readonly string[]>>;

const removal = { container: ["--force", "--volumes"], network: [], volume: [] } as const;

/** Everything that carries the stack's label, whether its state knows of it or not. */
export async function leftovers(host: string, stackName: string, exec: Exec = run): Promise<Leftovers> {
  const list = async (kind: (typeof kinds)[number]): Promise<string[]> => {
    const all = kind === "container" ? ["--all"] : [];
    const format = kind === "container" ? "{{.Names}}" : "{{.Name}}";
    const label = `label=dev.sightline.stack=${stackName}`;
    const lines = await docker(host, exec, kind, "ls", ...all, "--filter", label, "--format", format);
    return lines
      .split("\n")
      .filter((line) => line !== "")
      .sort();
  };
  return { container: await list("container"), network: await list("network"), volume: await list("volume") };
}

/** Removes them, data included. */
export async function remove(host: string, found: Leftovers, exec: Exec = run): Promise<void> {
  for (const kind of kinds) {
    if (found[kind].length > 0) await docker(host, exec, kind, "rm", ...removal[kind], ...found[kind]);
  }
}

/** `2 containers, 1 network`, or nothing where there is nothing. */
export const counted = (found: Leftovers): string =>
  kinds
    .filter((kind) => found[kind].length > 0)
    .map((kind) => `${found[kind].length} ${kind}${found[kind].length === 1 ? "" : "s"}`)
    .join(", ");

async function docker(host: string, exec: Exec, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await exec("docker", [...toHost(host), ...args], { timeout: 120_000 });
  if (code === 0) return stdout;
  throw new ToolchainError({
    path: "dockerHost",
    value: host,
    reason: stderr.trim().split("\n").at(-1) ?? "no answer",
    remedy: "see that this engine runs (`sightline doctor`), then try again",
  });
}
