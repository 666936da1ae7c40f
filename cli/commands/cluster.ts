import { Command, InvalidArgumentError } from "commander";
import {
  clusterDown,
  clusterFolder,
  clusterStatus,
  clusterUp,
  describeStatus,
  loadedImages,
} from "../../toolchain/cluster";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";

const say = (line: string): void => console.error(line);
const yes = (): Promise<boolean> => Promise.resolve(true);

/** `sightline cluster`: a Kubernetes cluster on this machine, to test on. */
export function clusterCommand(): Command {
  const cluster = new Command("cluster").description("bring up a Kubernetes cluster on this machine to test on");
  cluster
    .command("up")
    .description("start it, with the images of the stack loaded; one that is up is left as it is. Needs root")
    .option("-y, --yes", "do not ask before installing")
    .option("--nodes <number>", "nodes, each with a kubelet and a network of its own", count, 1)
    .option("--no-images", "load none of the stack's images")
    .action(up);
  cluster
    .command("status")
    .description("say what of it runs, and where its kubeconfig is; exit code 3 where it does not work")
    .option("--json", "for machines")
    .action(status);
  cluster.command("down").description("end it, and remove all its data").action(down);
  return cluster;
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 9) return number;
  throw new InvalidArgumentError("write a whole number of 1 or more to 9");
}

async function up(options: { yes?: true; nodes: number; images: boolean }): Promise<void> {
  const { nodes, images } = options;
  const done = await clusterUp({ confirm: options.yes ? yes : confirm, report: say, nodes, images });
  say(done.was === "up" ? "it was up" : `up after ${done.seconds.toFixed(1)} s`);
  for (const line of Object.values(loadedImages().without)) say(line);
  console.log(describeStatus(done.status));
}

async function status({ json }: { json?: true }): Promise<void> {
  const found = await clusterStatus();
  console.log(json ? JSON.stringify(found, null, 2) : describeStatus(found));
  process.exitCode = found.state === "ready" ? exitCodes.done.code : exitCodes.machine.code;
}

async function down(): Promise<void> {
  console.log((await clusterDown()) ? `ended; ${clusterFolder()} is gone` : "no cluster was up");
}
