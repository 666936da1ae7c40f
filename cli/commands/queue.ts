import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import { physicalName } from "../../components/core/names";
import { hostOf } from "../../stacks/host";
import { confirm } from "../confirm";
import { effectiveSettings } from "../effective-settings";
import { setAside } from "../queue/set-aside";

interface Options {
  readonly stack: string;
  readonly yes?: true;
}

/** `sightline queue`: what waits on the disk of a Collector. */
export function queueCommand(): Command {
  const command = new Command("queue").description("look after what waits on the disk of a Collector");
  command
    .command("aside")
    .description(
      "where a Collector ends at each start because a file of its queue is damaged: put it aside, and start the Collector again",
    )
    .argument("<role>", "agent, gateway, sampler or collector")
    .option("-s, --stack <name>", "stack", "dev")
    .option("-y, --yes", "do not ask")
    .action(aside);
  return command;
}

async function aside(role: string, { stack, yes }: Options): Promise<void> {
  const { settings } = effectiveSettings(stack);
  refuse(
    "arguments",
    settings.platform === "docker"
      ? []
      : [
          {
            path: "stack",
            value: stack,
            reason: "it runs on a cluster, whose volumes no client of it can write to",
            remedy: "follow docs/damaged-queue.md",
          },
        ],
  );
  const host = hostOf(settings).host ?? settings.dockerHost;
  const container = physicalName(settings.name, role);
  const agree = (damaged: readonly string[]) =>
    yes ? Promise.resolve(true) : confirm(`Put ${damaged.join(", ")} aside? What it holds is not sent.`);
  const { files, folder } = await setAside({ host, container }, agree);
  for (const { name, damaged } of files) console.log(`${damaged ? "damaged" : "whole  "}  ${name}`);
  console.log(folder === undefined ? `${container} is as it was` : `what was damaged is kept in ${folder}`);
}
