import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "../cache";
import { ToolchainError } from "../error";
import type { Tools } from "../exec";
import { withLock } from "../lock";
import { cgroupFolders, removeCgroup, restoreKernel } from "./cleanup";
import { clusterFolder, node, type Node } from "./layout";
import { removeNetwork } from "./network";
import { nodesFolder } from "./node-files";
import { kill, started } from "./processes";

/**
 * Ends a cluster and removes its folder, with all data in it. Gives whether there was one.
 *
 * @throws ToolchainError where something of it could not be removed
 */
export const clusterDown = (tools: Tools = {}): Promise<boolean> =>
  withLock(cacheFolder("cluster.lock"), () => takeDown(tools));

/** The same, for whoever holds the lock. */
export async function takeDown(tools: Tools = {}): Promise<boolean> {
  const nodes = nodesThere();
  await Promise.all(started().map(kill));
  await removeNetwork(nodes, tools);
  if (!existsSync(clusterFolder())) return false;
  await removeCgroups(nodes);
  restoreKernel();
  await rm(clusterFolder(), { recursive: true, force: true });
  return true;
}

const nodesThere = (): Node[] =>
  existsSync(nodesFolder()) ? readdirSync(nodesFolder()).map((name) => node(Number(name.replace("node", "")))) : [];

/** Processes that were killed leave their control groups a moment later. */
async function removeCgroups(nodes: readonly Node[]): Promise<void> {
  const folders = nodes.flatMap(cgroupFolders);
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(100)) {
    if (folders.map(removeCgroup).every(Boolean)) return;
  }
  throw new ToolchainError({
    path: "cluster",
    reason: `control groups are still in use: ${folders.filter((folder) => existsSync(folder)).join(", ")}`,
    remedy: "see which processes their cgroup.procs name, end those, and run this again",
  });
}
