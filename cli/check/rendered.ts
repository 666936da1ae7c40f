import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../components/core/problems";
import { filesUnder, renderAll, renderedFolder } from "../../stacks/rendered";
import { failed, passed, skipped, type Check } from "./check";

/** The committed files against what the code renders, unless settings are refused, which their own check says. */
export const renderedCheck = (render: () => Readonly<Record<string, string>> = renderAll): Check => ({
  subject: "configs/rendered",
  by: "render",
  run: async () => {
    let files;
    try {
      files = render();
    } catch (error) {
      if (error instanceof Refusal) return skipped("nothing is rendered from settings that are refused");
      throw error;
    }
    const at = (path: string) => join(renderedFolder, path);
    const stale = Object.keys(files).filter(
      (path) => !existsSync(at(path)) || readFileSync(at(path), "utf8") !== files[path],
    );
    const extra = filesUnder(renderedFolder).filter((path) => !(path in files));
    if (stale.length === 0 && extra.length === 0) return passed;
    return failed(`not what the code renders: ${[...stale, ...extra].join(", ")}; run \`npm run render\``);
  },
});
