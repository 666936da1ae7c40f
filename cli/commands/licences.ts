import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Command } from "commander";
import { sentence, type Problem } from "../../components/core/problems";
import {
  committedSurvey,
  documentFile,
  licences,
  root,
  sourcesOf,
  survey,
  surveyFile,
  surveyText,
} from "../../toolchain/licences";
import { exitCodes } from "../exit-codes";

/** `sightline licences`: what others wrote, under which licences, and what of it is not allowed. */
export const licencesCommand = (): Command =>
  new Command("licences")
    .description("write docs/licences.md: what others wrote, its licence, how it is used; refuse what may not be")
    .option("--check", "write nothing; fail where docs/licences.md is not what would be written")
    .addHelpText(
      "after",
      "\nWith --check, or after a change of what Go, Maven or apt-get bring in, it asks them, and fetches what is not here yet.",
    )
    .action(run);

async function run({ check }: { readonly check?: true }): Promise<void> {
  const committed = committedSurvey();
  const isCurrent = isDeepStrictEqual(committed.sources, sourcesOf(root));
  const report = (line: string): void => console.error(`❯ ${line}`);
  const found = check !== true && isCurrent ? committed : await survey(root, { report });
  const { document, problems } = licences(found);
  const files: Readonly<Record<string, string>> = { [surveyFile]: surveyText(found), [documentFile]: document };
  const stale = check === true ? Object.keys(files).filter((file) => textOf(file) !== files[file]) : [];
  if (check !== true) for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
  const all: Problem[] = [
    ...problems,
    ...stale.map((file) => ({
      path: relative(root, file),
      reason: "does not match the current dependencies",
      remedy: "run `npm run licences` and commit the result",
    })),
  ];
  for (const problem of all) console.error(`✖ ${sentence(problem)}`);
  if (all.length > 0) process.exitCode = exitCodes.failed.code;
  else console.log("✔ every dependency has a licence that is allowed");
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
