import { run, type Exec } from "../../toolchain/exec";
import { toHost } from "../../toolchain/docker";
import { ToolchainError } from "../../toolchain/error";
import type { Held, Holder } from "./held";

interface DockerHolder {
  /** First part of every name: the label of the stack. */
  readonly stack: string;
  /** The engine's address. */
  readonly host: string;
  readonly exec?: Exec;
}

/** What a Docker engine holds of a stack. */
export function dockerHolder({ stack, host, exec = run }: DockerHolder): Holder {
  const docker = (...args: readonly string[]) => exec("docker", [...toHost(host), ...args]);
  const subject = `docker engine ${host}`;
  const failed = (reason: string, remedy: string) => new ToolchainError({ path: subject, reason, remedy });
  /** Lines of cells. */
  const rows = async (...args: readonly string[]): Promise<string[][]> => {
    const { code, stdout, stderr } = await docker(...args, "--filter", `label=dev.sightline.stack=${stack}`);
    if (code !== 0) throw failed(lastLine(stderr), "see `npm run sightline -- doctor`");
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"));
  };
  return {
    subject,
    async list() {
      const containers = await rows("ps", "--all", "--format", "{{.Names}}");
      const holds = '{{.Name}}\t{{.Label "dev.sightline.holds"}}';
      const volumes = await rows("volume", "ls", "--format", holds);
      const unused = (await rows("volume", "ls", "--format", holds, "--filter", "dangling=true")).map(([name]) => name);
      const networks = await rows("network", "ls", "--format", "{{.Name}}");
      return [
        ...containers.map(([name = ""]) => ({ kind: "container", name, data: false })),
        ...volumes.map(([name = "", kept]) => ({
          kind: "volume",
          name,
          data: kept === "data",
          used: !unused.includes(name),
        })),
        ...networks.map(([name = ""]) => ({ kind: "network", name, data: false })),
      ].sort(byName);
    },
    async delete(held) {
      const left: string[] = [];
      for (const [kind, command] of deletions) {
        const names = held.filter((one) => one.kind === kind).map(({ name }) => name);
        if (names.length === 0) continue;
        const { code, stderr } = await docker(...command, ...names);
        if (code !== 0) left.push(lastLine(stderr));
      }
      if (left.length > 0) throw failed(left.join("; "), "end what uses it, and run the command again");
    },
  };
}

/** Containers before what they use. Their volumes without a name go with them. */
const deletions = [
  ["container", ["rm", "--force", "--volumes"]],
  ["volume", ["volume", "rm"]],
  ["network", ["network", "rm"]],
] as const;

const order = deletions.map(([kind]) => kind as string);
const byName = (a: Held, b: Held): number =>
  order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : 1);

const lastLine = (text: string): string => text.trim().split("\n").at(-1) || "no answer";
