import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, renderAll, renderedFolder } from "../../stacks/rendered";
import { failed, passed, type Check } from "./check";

/** The committed files against what the code renders. */
export const renderedCheck = (): Check => ({
  subject: "configs/rendered",
  by: "render",
  run: async () => {
    const files = renderAll();
    const at = (path: string) => join(renderedFolder, path);
    const stale = Object.keys(files).filter(
      (path) => !existsSync(at(path)) || readFileSync(at(path), "utf8") !== files[path],
    );
    const extra = filesUnder(renderedFolder).filter((path) => !(path in files));
    if (stale.length === 0 && extra.length === 0) return passed;
    return failed(`not what the code renders: ${[...stale, ...extra].join(", ")}; run \`npm run render\``);
  },
});
