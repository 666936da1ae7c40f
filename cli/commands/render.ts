import { Command } from "commander";
import { renderedFolder, renderAll, writeRendered } from "../../stacks/rendered";

/** `sightline render`: writes what the stacks would deploy, as files to read and review. */
export function renderCommand(): Command {
  return new Command("render")
    .description("write the configuration of every stack to configs/rendered; needs neither Pulumi nor an engine")
    .option("--to <folder>", "folder to write", renderedFolder)
    .option("--json", "print what was written as JSON")
    .action(({ to, json }: { to: string; json?: true }) => {
      const files = renderAll();
      const { changed, removed } = writeRendered(files, to);
      if (json) console.log(JSON.stringify({ folder: to, files: Object.keys(files), changed, removed }, null, 2));
      else
        console.log(
          `${Object.keys(files).length} files in ${to}: ${changed.length} changed, ${removed.length} removed`,
        );
    });
}
