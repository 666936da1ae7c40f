import { Command } from "commander";
import { writeDeclared } from "../../configs/declared";
import { refuse, sentence } from "../../components/core/problems";
import { manifests } from "../../stacks/manifests";
import { renderedFolder, renderAll, writeRendered, type Rendered } from "../../stacks/rendered";
import { plannerOf } from "../../stacks/planner";
import { warningsOf } from "../../stacks/warnings";
import { effectiveSettings } from "../effective-settings";
import { planOf } from "../planned";
import { writeOwned } from "../render/folder";
import { writeRunbooks } from "../render/runbooks";

interface Options {
  readonly stack?: string;
  readonly to?: string;
  readonly json?: true;
}

/** `sightline render`: writes what the stacks would deploy, as files to read, review or apply. */
export function renderCommand(): Command {
  return new Command("render")
    .description("write what stacks would deploy as files; needs neither Pulumi nor an engine nor a cluster")
    .option("-s, --stack <name>", "one stack, into --to: plain manifests where it runs on Kubernetes")
    .option("--to <folder>", "folder to write (default: configs/rendered, for all committed stacks)")
    .option("--json", "print what was written as JSON")
    .action(render);
}

function render({ stack, to, json }: Options): void {
  const folder = to ?? renderedFolder;
  const files = stack === undefined ? renderAll() : filesOf(stack, to);
  const write = stack === undefined ? writeRendered : writeOwned;
  const { changed, removed } = write(files, folder);
  if (stack === undefined && to === undefined) {
    writeDeclared();
    writeRunbooks();
  }
  if (json) {
    console.log(JSON.stringify({ folder, files: Object.keys(files), changed, removed }, null, 2));
    return;
  }
  const count = Object.keys(files).length;
  console.log(`${count} files in ${folder}: ${changed.length} changed, ${removed.length} removed`);
  if (stack !== undefined && "SECRETS.md" in files) console.log(`Secrets to supply: ${folder}/SECRETS.md`);
}

/** Manifests, or what configs/rendered holds of a stack on Docker. */
function filesOf(stack: string, to: string | undefined): Rendered {
  refuse(
    "arguments",
    to === undefined ? [{ path: "--to", reason: "missing, but --stack is given", remedy: "name an empty folder" }] : [],
  );
  // Files are for any machine: what this one has instead is not in them.
  const { asked: settings, overrides } = effectiveSettings(stack);
  const { objects, workloads } = planOf(settings);
  for (const { path, why } of overrides) console.error(`not in these files, of this machine alone: ${path}: ${why}`);
  for (const warning of warningsOf(settings, plannerOf(settings), workloads))
    console.error(`warning: ${sentence(warning)}`);
  if (settings.platform === "kubernetes") return manifests(stack, objects).files;
  const own = Object.entries(renderAll()).filter(([path]) => path.startsWith(`${stack}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(stack.length + 1), text]));
}
