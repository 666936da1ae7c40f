import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import type { Settings } from "../../configs/settings-from";
import { overridden, rawOverrides, type Override } from "../../configs/overrides";
import { loadedImages, withImages } from "../../toolchain/cluster";
import { clusterOf } from "../../stacks/host";
import { ToolchainError } from "../../toolchain/error";
import { obtainEngine } from "../../toolchain/engine";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { askCluster } from "../ask-cluster";
import { effectiveSettings } from "../effective-settings";
import { obtainImages, usedImages } from "../images";
import { demandImages, hadBy, isOnThisMachine, overridesFor, remember } from "../machine";
import { findKubectl } from "../kubectl";
import { planOf } from "../planned";
import { preflight } from "../preflight";
import { ensure, exists, openStack, type Stack } from "../stack";
import { withTargets } from "../targets";
import { report, verify } from "../verify";
import { whileWatching } from "../waiting";
import { writeConfig } from "../workspace";

interface UpOptions {
  readonly stack: string;
  readonly yes?: boolean;
  readonly verify: boolean;
  readonly fit: boolean;
}

/** `sightline up`: from whatever this machine has to a running, proven stack. */
export function upCommand(): Command {
  return new Command("up")
    .description("bring a stack up: obtain what is missing, run pulumi up, send a canary through it")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask: install Docker where it is missing, and apply without a preview")
    .option("--no-verify", "do not send a canary")
    .option("--no-fit", "do not ask whether the nodes of a cluster have room: more are added as they are needed")
    .action(up);
}

async function up({ stack: name, yes = false, verify: proves, fit: asks }: UpOptions): Promise<void> {
  const say = (line: string) => console.error(line);
  const { asked } = effectiveSettings(name);
  const prepare = asked.platform === "docker" ? onDocker : onKubernetes;
  const overrides = await prepare(name, asked, { yes, fits: !asks }, say);
  const { settings } = overridden(asked, overrides);

  const stack = await openStack(name, say);
  remember(name, asked, overrides, stack.workspace);
  writeConfig(stack.workspace.configFile(name), name, rawOverrides(settings, overrides));
  await ensure(stack);
  if ((await update(stack, settings, yes, say)) !== 0) {
    process.exitCode = exitCodes.failed.code;
    return;
  }
  for (const { path, why } of overrides)
    say(path === "grafana" ? `\nwarning: grafana does not run: ${why}\n` : `${path}: ${why}`);
  if (!proves) return;
  const result = await withTargets(name, (targets) => verify(targets));
  report(result);
  process.exitCode = result.ok ? exitCodes.done.code : exitCodes.failed.code;
}

/** Runs Pulumi; on a cluster, what it waits for is said meanwhile. */
async function update(stack: Stack, settings: Settings, yes: boolean, say: (line: string) => void): Promise<number> {
  const args = ["up", ...(yes ? ["--yes", "--skip-preview"] : [])];
  const kubectl = settings.platform === "kubernetes" ? await findKubectl(clusterOf(settings)) : undefined;
  if (kubectl === undefined) return stack.run(...args);
  // Without a question to answer there is no need for a display that is drawn over and over, and over other lines.
  const plain = yes ? ["--non-interactive"] : [];
  return whileWatching(kubectl, clusterOf(settings), say, (giveUp) => stack.runUntil(giveUp, ...args, ...plain));
}

/** Makes ready what a stack needs before it comes up; gives what the machine has instead of what it asks for. */
type Prepare = (
  name: string,
  asked: Settings,
  wishes: { readonly yes: boolean; readonly fits: boolean },
  say: (line: string) => void,
) => Promise<readonly Override[]>;

/** An engine, and every image in it. */
const onDocker: Prepare = async (name, asked, { yes }, say) => {
  const agree = yes ? () => Promise.resolve(true) : confirm;
  const engine = await obtainEngine({ host: asked.dockerHost, confirm: agree, report: say });
  const had = await obtainImages(asked, say);
  demandImages(asked, had);
  const overrides = overridesFor(asked, had);
  await preflight(name, overridden(asked, overrides).settings, engine, say);
  return overrides;
};

/** A cluster that takes what is planned. It pulls its images by itself, but for the one on this machine, which cannot. */
const onKubernetes: Prepare = async (name, asked, { fits }, say) => {
  const isLocal = isOnThisMachine(asked);
  if (isLocal && Object.keys(loadedImages().stack).length === 0) throw new ToolchainError(noImages);
  const { settings } = effectiveSettings(name);
  const { objects } = planOf(settings);
  const isUp = async () => exists(await openStack(name, say));
  const { problems, notes, figures } = await askCluster(settings, objects, { isUp, fits });
  refuse(`cluster of stack "${name}"`, problems);
  if (figures !== undefined) say(figures);
  for (const note of notes) say(`not looked at: ${note}`);
  if (!isLocal) return [];
  const had = hadBy(asked, await withImages(usedImages(asked), { report: say }));
  demandImages(asked, had);
  return overridesFor(asked, had);
};

const noImages = {
  path: "cluster",
  reason: "it has no images of the stack and cannot pull any",
  remedy: "run `npm run sightline -- cluster up`, which loads them",
};
