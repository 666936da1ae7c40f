import { mkdir, writeFile } from "node:fs/promises";
import { run, type Exec } from "../exec";
import { withLock } from "../lock";
import { cacheFolder } from "../cache";
import { identities, makeCertificates } from "./certificates";
import { cgroupFolders, rememberKernel } from "./cleanup";
import { apiServer, controllerManager, dns, etcd, scheduler } from "./control-plane";
import { corefile, dnsObjects } from "./dns";
import { takeDown } from "./down";
import { loadImages, loadPause } from "./images";
import { writeKubeconfigs } from "./kubeconfig";
import { clusterFolder, node, type Node } from "./layout";
import { checkRanges, machineNetwork, runAll, serviceRoute } from "./network";
import { joinCluster, programOf, startNode } from "./node";
import { nodesFolder } from "./node-files";
import { apply, kubectl } from "./objects";
import { obtainPrograms, type ProgramOptions, type Programs } from "./programs";
import { start, until } from "./processes";
import { clusterStatus, type ClusterStatus } from "./status";
import { recycler, storageClass, volumeObjects } from "./volumes";

export interface UpOptions extends ProgramOptions {
  /** @default 1 */
  readonly nodes?: number;
  /** Whether nodes are given the images of the stack. @default true */
  readonly images?: boolean;
}

/** How a cluster came to be as it is. */
export interface UpResult {
  readonly status: ClusterStatus;
  readonly seconds: number;
  readonly was: "up" | "down";
}

/**
 * A Kubernetes cluster on this machine, with everything a stack needs. One that is up is left as it is; one of which a
 * part has died is taken down first.
 *
 * @throws ToolchainError where this machine cannot have one, or a program does not come up
 */
export async function clusterUp(options: UpOptions): Promise<UpResult> {
  await mkdir(cacheFolder(), { recursive: true });
  return withLock(
    cacheFolder("cluster.lock"),
    () => upAlone(options),
    (pid) => options.report?.(`process ${pid} is at work on the cluster; waiting for it`),
  );
}

async function upAlone(options: UpOptions): Promise<UpResult> {
  const { exec = run, report, nodes: count = 1 } = options;
  const nodes = Array.from({ length: count }, (_, i) => node(i + 1));
  const before = await clusterStatus(options);
  const was = before.state === "ready" && before.nodes.length === count ? "up" : "down";
  const started = Date.now();
  if (was === "down") {
    if (before.state !== "down") report?.(`${before.problem ?? "it has another number of nodes"}; starting over`);
    await takeDown(options);
    const programs = await obtainPrograms(options);
    report?.("starting");
    await bringUp(nodes, programs, options, exec);
  }
  if (options.images !== false) await loadImages(nodes, options);
  return { status: await clusterStatus(options), seconds: (Date.now() - started) / 1_000, was };
}

async function bringUp(nodes: readonly Node[], programs: Programs, options: UpOptions, exec: Exec): Promise<void> {
  const { report } = options;
  await checkRanges(options);
  rememberKernel();
  // A kubelet makes no group at the root itself.
  for (const folder of nodes.flatMap(cgroupFolders)) await mkdir(folder, { recursive: true });
  await makeCertificates(nodes, options);
  await writeKubeconfigs(identities(nodes).map(({ file }) => file));
  await runAll([...machineNetwork(), serviceRoute(nodes[0]!)], options);
  await writeFile("/proc/sys/net/ipv4/ip_forward", "1");
  await writeFile(clusterFolder("Corefile"), corefile());
  start(etcd(programs.etcd));
  start(apiServer);
  const runtimes = nodes.map(async (each) => {
    await startNode(
      each,
      nodes.filter(({ name }) => name !== each.name),
      programs,
      options,
    );
    await loadPause(each, options);
  });
  const ready = async () => ((await kubectl(exec, ["get", "--raw", "/readyz"])).code === 0 ? true : undefined);
  await until("kube-apiserver", "ready", ready);
  report?.("the API server answers");
  start(controllerManager);
  start(scheduler);
  start(dns(programs.coredns));
  await Promise.all(runtimes);
  nodes.forEach(joinCluster);
  await apply([...dnsObjects(), storageClass, ...nodes.flatMap(volumeObjects)], options);
  start(recycler(nodesFolder()));
  await Promise.all(nodes.map((each) => until(programOf(each, "kubelet"), "node ready", () => isReady(each, exec))));
  await until("kube-controller-manager", "a default ServiceAccount", async () =>
    (await kubectl(exec, ["get", "serviceaccount", "default"])).code === 0 ? true : undefined,
  );
}

async function isReady({ name }: Node, exec: Exec): Promise<true | undefined> {
  const path = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}';
  const { stdout } = await kubectl(exec, ["get", "node", name, "--output", path]);
  return stdout === "True" ? true : undefined;
}
