import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../components/core/problems";
import { licenceDocument } from "./document";
import { eachOnce } from "./each-once";
import { imageDependencies } from "./images";
import { judge } from "./judge";
import { npmDependencies } from "./npm";
import { readings } from "./readings";
import type { Survey } from "./survey";

export { sourcesOf, survey } from "./survey";

export const root = join(__dirname, "..", "..");
export const surveyFile = join(root, "toolchain", "licences", "surveyed.json");
export const documentFile = join(root, "docs", "licences.md");

/** The survey that is committed. */
export const committedSurvey = (): Survey => JSON.parse(readFileSync(surveyFile, "utf8")) as Survey;

/** Everything that others wrote, as docs/licences.md has to say it, and what of it is not allowed. */
export function licences({ dependencies }: Survey): {
  readonly document: string;
  readonly problems: readonly Problem[];
} {
  const all = eachOnce([...npmDependencies(root), ...dependencies, ...imageDependencies()]);
  return { document: licenceDocument(all, readings), problems: judge(all, readings) };
}

/** A survey as it is committed: a line for each version, so that a change of one is a change of one line. */
export const surveyText = ({ sources, dependencies }: Survey): string =>
  `{ "sources": ${JSON.stringify(sources, null, 2)},\n"dependencies": [\n${dependencies.map((one) => JSON.stringify(one)).join(",\n")}\n] }\n`;
