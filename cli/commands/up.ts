import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import type { Settings } from "../../configs/schema";
import { settingsOfStack } from "../../configs/stack-file";
import { clusterKubeconfig, loadedImages, withImages } from "../../toolchain/cluster";
import { ToolchainError } from "../../toolchain/error";
import { obtainEngine } from "../../toolchain/engine";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { askCluster } from "../ask-cluster";
import { foundImages, usedImages } from "../images";
import { planOf } from "../planned";
import { preflight } from "../preflight";
import { ensure, exists, openStack } from "../stack";
import { withTargets } from "../targets";
import { report, verify } from "../verify";
import type { Raw } from "../../configs/unknown-keys";
import { ownSecrets, workspace, writeConfig } from "../workspace";

interface UpOptions {
  readonly stack: string;
  readonly yes?: true;
  readonly verify: boolean;
}

/** `sightline up`: from whatever this machine has to a running, proven stack. */
export function upCommand(): Command {
  return new Command("up")
    .description("bring a stack up: obtain what is missing, run pulumi up, send a canary through it")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask: install Docker where it is missing, and apply without a preview")
    .option("--no-verify", "do not send a canary")
    .action(up);
}

async function up({ stack: name, yes, verify: proves }: UpOptions): Promise<void> {
  const say = (line: string) => console.error(line);
  const settings = settingsOfStack(name, ownSecrets(workspace().configFile(name)));
  const { overrides, without } = await (settings.platform === "docker" ? onDocker : onKubernetes)(
    name,
    settings,
    yes === true,
    say,
  );

  const stack = await openStack(name, say);
  writeConfig(stack.workspace.configFile(name), name, overrides);
  await ensure(stack);
  if ((await stack.run("up", ...(yes ? ["--yes", "--skip-preview"] : []))) !== 0) {
    process.exitCode = exitCodes.failed.code;
    return;
  }
  if (without !== undefined) say(`\n!! ${without}\n`);
  if (!proves) return;
  const result = await withTargets(name, (targets) => verify(targets));
  report(result);
  process.exitCode = result.ok ? exitCodes.done.code : exitCodes.failed.code;
}

/** What a stack needs before it comes up. */
interface Prepared {
  /** Settings that follow from this machine. */
  readonly overrides: Raw;
  /** What it comes up without, and why. */
  readonly without?: string | undefined;
}

type Prepare = (name: string, settings: Settings, yes: boolean, say: (line: string) => void) => Promise<Prepared>;

/** An engine, and every image in it. */
const onDocker: Prepare = async (name, settings, yes, say) => {
  const agree = yes ? () => Promise.resolve(true) : confirm;
  const engine = await obtainEngine({ host: settings.dockerHost, confirm: agree, report: say });
  const found = await foundImages(settings, say);
  await preflight(name, { ...settings, ...found }, engine, say);
  return {
    overrides: { images: found.images, ...(found.grafana ? {} : { grafana: false }) },
    without: found.without,
  };
};

/** A cluster that takes what is planned. It pulls its images by itself, but for the one on this machine, which cannot. */
const onKubernetes: Prepare = async (name, settings, _, say) => {
  const { objects } = planOf(settings);
  const { problems, notes } = await askCluster(settings, objects, await exists(await openStack(name, say)));
  refuse(`cluster of stack "${name}"`, problems);
  for (const note of notes) say(`not looked at: ${note}`);
  if (!isOnThisMachine(settings)) return { overrides: {} };
  if (Object.keys(loadedImages().stack).length === 0) throw new ToolchainError(noImages);
  const { stack, without } = await withImages(usedImages(settings), { report: say });
  return {
    overrides: { images: { ...settings.images, ...stack }, ...(stack.grafana === undefined && { grafana: false }) },
    ...(without.length > 0 && { without: without.join("\n") }),
  };
};

const isOnThisMachine = ({ kubernetes: { kubeconfig = process.env["KUBECONFIG"] } }: Settings): boolean =>
  kubeconfig === clusterKubeconfig();

const noImages = {
  path: "cluster",
  reason: "it has no images of the stack, and can pull none",
  remedy: "run `npm run sightline -- cluster up`, which loads them",
};
