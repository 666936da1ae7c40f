import { lastLines } from "../build";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { machine, ranges, type Node } from "./layout";

/** One command of `ip` or `iptables`. */
export type Command = readonly [file: "ip" | "iptables", ...args: string[]];

const comment = ["-m", "comment", "--comment", "sightline-cluster"];

/** Packet rules on the machine: a Docker engine drops what it does not know, and pods may go out as Docker's do. */
const rules: readonly (readonly [table: string, chain: string, ...match: string[]])[] = [
  ["filter", "FORWARD", "-i", machine.bridge, ...comment, "-j", "ACCEPT"],
  ["filter", "FORWARD", "-o", machine.bridge, ...comment, "-j", "ACCEPT"],
  ["nat", "POSTROUTING", "-s", ranges.cluster, "!", "-o", machine.bridge, ...comment, "-j", "MASQUERADE"],
];

const rule = (action: "-C" | "-I" | "-D", [table, chain, ...match]: (typeof rules)[number]): Command => [
  "iptables",
  ...["-w", "-t", table, action, chain],
  ...match,
];

/** The machine's end: a bridge that the nodes are plugged into, and ways to Services and pods through them. */
export const machineNetwork = (): Command[] => [
  ["ip", "link", "add", machine.bridge, "type", "bridge"],
  ["ip", "address", "add", `${machine.address}/24`, "dev", machine.bridge],
  ["ip", "link", "set", machine.bridge, "up"],
  ...rules.map((each) => rule("-I", each)),
];

/** A node's end: a cable from the bridge into the network namespace of its first process. */
export const nodeNetwork = (node: Node, pid: number): Command[] => [
  ["ip", "link", "add", node.cable, "type", "veth", "peer", "name", "eth0", "netns", String(pid)],
  ["ip", "link", "set", node.cable, "master", machine.bridge, "up"],
  ["ip", "route", "replace", node.pods, "via", node.address],
];

/** Services are reached from the machine through the first node, as from outside any cluster. */
export const serviceRoute = (first: Node): Command => ["ip", "route", "replace", ranges.services, "via", first.address];

/** Run inside a node's namespaces: its address, and the ways to the pods of the others. */
export const insideNetwork = (node: Node, others: readonly Node[]): string =>
  [
    "ip link set lo up",
    `ip address add ${node.address}/24 dev eth0`,
    "ip link set eth0 up",
    `ip route add default via ${machine.address}`,
    ...others.map(({ pods, address }) => `ip route add ${pods} via ${address}`),
    "echo 1 > /proc/sys/net/ipv4/ip_forward",
  ].join("\n");

/** Takes all of it back. What is not there is no failure. */
export async function removeNetwork(nodes: readonly Node[], { exec = run }: Tools = {}): Promise<void> {
  for (const { cable } of nodes) await exec("ip", ["link", "delete", cable]);
  // Routes go with the bridge they lead through.
  await exec("ip", ["link", "delete", machine.bridge]);
  for (const each of rules) {
    const [file, ...args] = rule("-D", each);
    while ((await exec(file, args)).code === 0);
  }
}

/** @throws ToolchainError where a range of the cluster is in use on this machine */
export async function checkRanges({ exec = run }: Tools = {}): Promise<void> {
  for (const range of [ranges.cluster, ranges.services]) {
    const { stdout } = await exec("ip", ["route", "show", "root", range]);
    const foreign = stdout.split("\n").find((line) => line !== "" && !line.includes(machine.bridge));
    if (foreign === undefined) continue;
    throw new ToolchainError({
      path: "cluster.network",
      value: range,
      reason: `this machine has a route there already: ${foreign.trim()}`,
      remedy: "take that network down while the cluster is up",
    });
  }
}

/** Runs commands one after the other. */
export async function runAll(commands: readonly Command[], { exec = run }: Tools = {}): Promise<void> {
  for (const [file, ...args] of commands) {
    const { code, stderr } = await exec(file, args);
    if (code === 0) continue;
    throw new ToolchainError({
      path: "cluster.network",
      reason: `\`${file} ${args.join(" ")}\` failed: ${lastLines(stderr, 2)}`,
      remedy: "see what `ip address` and `iptables -S` say; `sightline cluster down` removes all that is ours",
    });
  }
}
