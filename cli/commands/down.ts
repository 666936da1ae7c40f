import { Command } from "commander";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { exists, openStack, type Stack } from "../stack";

/** `sightline down`: takes a stack away. */
export function downCommand(): Command {
  return new Command("down")
    .description("take a stack down: everything that runs and, unless told otherwise, its data")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .option("--keep-data", "keep volumes and claims; the next up finds traces, metrics and logs again")
    .action(async ({ stack: name, yes, keepData }: { stack: string; yes?: true; keepData?: true }) => {
      const stack = await openStack(name, console.error);
      if (!(await exists(stack))) {
        console.log(`stack ${name} is not up`);
        return;
      }
      const question = keepData
        ? `Take ${name} down and keep its data?`
        : `Take ${name} down and delete its traces, metrics and logs?`;
      if (!yes && !(await confirm(question))) {
        process.exitCode = exitCodes.failed.code;
        return;
      }
      const kept = keepData ? await dataVolumes(stack) : [];
      const code = await stack.run("destroy", "--yes", "--skip-preview", ...kept.flatMap((urn) => ["--exclude", urn]));
      if (code === 0 && !keepData) await stack.run("stack", "rm", name, "--yes", "--preserve-config");
      process.exitCode = code === 0 ? exitCodes.done.code : exitCodes.failed.code;
    });
}

/** Everything that must stay for data to stay: on Kubernetes, a claim and the namespace it is in. */
async function dataVolumes({ name, read }: Stack): Promise<string[]> {
  const text = (await read("stack", "export", "--stack", name)) ?? "{}";
  const { deployment } = JSON.parse(text) as { deployment?: { resources?: Resource[] } };
  return (deployment?.resources ?? []).filter(holdsData).map(({ urn }) => urn);
}

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: { readonly labels?: readonly { readonly label: string; readonly value: string }[] };
}

const holdsData = ({ type, inputs }: Resource): boolean =>
  type === "kubernetes:core/v1:PersistentVolumeClaim" ||
  type === "kubernetes:core/v1:Namespace" ||
  (type === "docker:index/volume:Volume" &&
    (inputs?.labels ?? []).some(({ label, value }) => label === "dev.sightline.holds" && value === "data"));
