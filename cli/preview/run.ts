import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../../components/core/problems";
import { inBytes } from "../../components/core/units";
import { rawOverrides } from "../../configs/overrides";
import type { Settings } from "../../configs/settings-from";
import { askCluster } from "../ask-cluster";
import { effectiveSettings, type EffectiveSettings } from "../effective-settings";
import { planOf } from "../planned";
import { exists, openStack, type Stack } from "../stack";
import { emptyWorkspace, writePreviewConfig } from "../workspace";
import type { Disks } from "./capacity";
import type { Prices } from "./cost";
import { deployedSettings } from "./deployed";
import { readPreview } from "./steps";
import { refused, summarize, type Known, type Summary } from "./summary";

/** Previews a stack and says what it means. Settings that are refused are part of the answer. */
export async function previewStack(
  name: string,
  report: (line: string) => void,
  prices: Prices | undefined,
): Promise<Summary> {
  const known: Known = { stack: name, ...(prices && { prices }) };
  try {
    const effective = effectiveSettings(name);
    const { settings, overrides } = effective;
    const { objects } = planOf(settings);
    // Pulumi may have to be built first: what the cluster refuses is said before.
    const { problems, notes } = await askCluster(settings, objects, {
      isUp: async () => exists(await openStack(name, report)),
    });
    if (problems.length > 0) return refused({ ...known, problems, notes });
    const stack = await openStack(name, report);
    const isUp = await exists(stack);
    const all = { ...known, notes, overrides };
    return await (isUp ? compared(stack, effective, all) : fromNothing(name, effective, all));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused({ ...known, problems: error.problems });
  }
}

async function compared(stack: Stack, effective: EffectiveSettings, known: Known): Promise<Summary> {
  const { settings: after, overrides } = effective;
  writePreviewConfig(stack.workspace, stack.name, rawOverrides(after, overrides));
  const history = await stack.read("stack", "history", "--json", "--page-size", "20", "--stack", stack.name);
  const deployed = deployedSettings(stack.name, history);
  const before = "settings" in deployed ? { before: deployed.settings } : {};
  const notes = [...(known.notes ?? []), ...("unknown" in deployed ? [deployed.unknown] : [])];
  return previewed(stack, { ...known, ...before, after, notes });
}

/** A stack that is not up is previewed in a backend that lives as long: nothing is left of it anywhere. */
async function fromNothing(name: string, effective: EffectiveSettings, known: Known): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-preview-"));
  try {
    const stack = await openStack(name, undefined, emptyWorkspace(folder, name, effective.raw));
    await stack.ask("stack", "init", name, "--no-select", "--non-interactive");
    const nothing = "what it replaces, restarts and loses: the Pulumi backend here knows no stack of this name";
    const notes = [...(known.notes ?? []), nothing];
    return await previewed(stack, { ...known, compared: false, notes, after: effective.settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function previewed(stack: Stack, known: Known): Promise<Summary> {
  const file = stack.workspace.previewFile(stack.name);
  const args = ["preview", "--json", "--show-sames", "--non-interactive", "--config-file", file];
  const { code, stdout, stderr } = await stack.ask(...args);
  const preview = stdout.startsWith("{") ? readPreview(stdout) : readPreview("{}");
  const errors = code === 0 || preview.errors.length > 0 ? preview.errors : [stderr.trim() || stdout.trim()];
  const disks = known.after?.platform === "docker" ? { disks: disksOf } : {};
  return summarize({ ...preview, errors }, { ...known, ...disks });
}

/** Docker knows no sizes of volumes, settings do. */
const disksOf = (settings: Settings): Disks =>
  Object.fromEntries(
    planOf(settings).workloads.map(({ name, volumes = {} }) => [
      name,
      Object.values(volumes)
        .map((volume) => (volume.kind === "persistent" ? inBytes(volume.size) : 0))
        .reduce((total, bytes) => total + bytes, 0),
    ]),
  );
