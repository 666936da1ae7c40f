import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPreview, type Preview } from "../../../cli/preview/steps";

/** What a real `pulumi preview --json` printed, without traces and ids, long texts cut. */
export const recorded = (name: string): Preview =>
  readPreview(readFileSync(join(__dirname, "recorded", `${name}.json`), "utf8"));
