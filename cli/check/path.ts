import { Refusal } from "../../components/core/problems";
import { line, type Finding } from "../../components/path/read/finding";
import { settingsOfStack } from "../../configs/stack-file";
import { foundIn } from "../../stacks/path";
import { failed, passed, skipped, type Check } from "./check";

/** What a stack deploys, as one path, against the rules for configuration that anybody wrote. Notes alone pass. */
export const pathCheck = (
  stack: string,
  find: () => readonly Finding[] = () => foundIn(settingsOfStack(stack)),
): Check => ({
  subject: `path of ${stack}`,
  by: "docs/lint.md",
  run: async () => {
    let bad;
    try {
      bad = find().filter(({ severity }) => severity !== "note");
    } catch (error) {
      if (error instanceof Refusal) return skipped("there is no path from settings that are refused");
      throw error;
    }
    return bad.length === 0 ? passed : failed(bad.map(line).join("\n"));
  },
});
