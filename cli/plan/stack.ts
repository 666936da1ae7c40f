import { writeFileSync } from "node:fs";
import { refuse } from "../../components/core/problems";
import { shortOfPlan } from "../../configs/plan";
import { readStackFile, settingsOfStack, stackFile } from "../../configs/stack-file";
import { inColumns } from "../columns";
import { sized, withSizes, type Sized } from "./sizes";

interface Options {
  readonly write?: true;
  readonly json?: true;
}

/**
 * `sightline plan --stack`: settings that are too small for the traffic of their stack, with what fits.
 *
 * @throws Refusal where the stack states no traffic
 */
export async function planStack(stack: string, { write, json }: Options): Promise<void> {
  const settings = settingsOfStack(stack);
  const noTraffic = {
    path: "plan",
    reason: `Pulumi.${stack}.yaml states no traffic`,
    remedy: "add sightline:plan: { requestsPerDay: 1000000, endpoints: 600 }",
  };
  refuse(`settings of stack "${stack}"`, Object.keys(settings.plan).length === 0 ? [noTraffic] : []);
  const text = readStackFile(stack);
  const all = sized(text, shortOfPlan(settings));
  if (write) writeFileSync(stackFile(stack), await withSizes(text, all, settings));
  console.log(json ? JSON.stringify(all, null, 2) : report(stack, all, write === true));
}

function report(stack: string, all: readonly Sized[], write: boolean): string {
  if (all.length === 0) return `Every setting of ${stack} fits its traffic.`;
  const outcome = ({ open, needs }: Sized) => {
    if (open) return write ? "added" : "would be added by --write";
    return needs === undefined ? "decide" : "yours, not changed";
  };
  return inColumns({
    title: `Settings of ${stack} that are too small for its traffic`,
    headings: ["setting", "is", "remedy", ""],
    rows: all.map((one) => [one.path, JSON.stringify(one.value) ?? "", one.remedy, outcome(one)]),
  });
}
