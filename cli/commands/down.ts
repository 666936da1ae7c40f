import { Command } from "commander";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { exists, openStack } from "../stack";

/** Volumes of a stack, which hold its data. */
const volumeType = "docker:index/volume:Volume";

/** `sightline down`: takes a stack away. */
export function downCommand(): Command {
  return new Command("down")
    .description("take a stack down: containers, network and, unless told otherwise, its data")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .option("--keep-data", "keep the volumes; the next up finds traces, metrics and logs again")
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

/** Everything that must stay for data to stay. */
async function dataVolumes({ name, read }: Awaited<ReturnType<typeof openStack>>): Promise<string[]> {
  const text = (await read("stack", "export", "--stack", name)) ?? "{}";
  const { deployment } = JSON.parse(text) as {
    deployment?: {
      resources?: { urn: string; type: string; inputs?: { labels?: { label: string; value: string }[] } }[];
    };
  };
  return (deployment?.resources ?? [])
    .filter(
      ({ type, inputs }) =>
        type === volumeType &&
        inputs?.labels?.some(({ label, value }) => label === "dev.sightline.holds" && value === "data"),
    )
    .map(({ urn }) => urn);
}
