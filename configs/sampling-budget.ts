import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { onDisk } from "../components/capacity/backends";
import { complete, type Demand } from "../components/capacity/demand";
import { within, type Problem } from "../components/core/problems";
import { isAmount, type Amount, type Profile, type SamplingBudget } from "../components/sampling/budget";
import type { plan } from "./plan";
import { wantedValues } from "./roles";
import { duration, flag, text, textThat } from "./values";

const amount = textThat<Amount>(isAmount, 'must be "200 spans/s", "5 %" or "50 GiB/month"');
const names = z.array(text, "must be a list");
const weights = z.record(z.string(), z.number("must be a number"), "must be names and numbers");

/** What may be kept of all traces. Nothing set is no budget. */
export const samplingBudget = z.strictObject({
  budget: amount.optional(),
  profile: text.regex(/^[\w-]+\.json$/, "must be a file name in configs/sampling").optional(),
  window: duration.optional(),
  always: z
    .strictObject({
      errors: flag.optional(),
      slow: duration.optional(),
      routes: names.optional(),
      services: names.optional(),
      attributes: wantedValues.optional(),
    })
    .optional(),
  perRoute: weights.optional(),
  perService: weights.optional(),
});

interface Budgeted {
  readonly samplingBudget: z.infer<typeof samplingBudget>;
  readonly storage: { readonly kind: string };
  readonly plan: z.infer<typeof plan>;
}

/** A budget with the profile that it names, and what is wrong with that. */
export function budgetOf({ samplingBudget: written, storage, plan }: Budgeted): {
  readonly budget?: SamplingBudget;
  readonly problems: readonly Problem[];
} {
  const { budget, profile: file, ...rest } = written;
  if (budget === undefined) {
    const [key] = Object.keys(written);
    if (key === undefined) return { problems: [] };
    const remedy = 'write budget: "200 spans/s", or leave all of it out';
    return { problems: [{ path: "samplingBudget.budget", reason: `missing beside ${key}`, remedy }] };
  }
  const { profile, problems = [] } = file === undefined ? {} : readProfile(join(folder, file), file);
  return {
    budget: { ...rest, budget, profile, storedBytesPerSpan: storedBytesPerSpan(storage.kind, plan) },
    problems: within("samplingBudget", problems),
  };
}

const folder = join(__dirname, "sampling");

/** What a span takes in a storage, with its index and copies; undefined where nobody has measured it. */
function storedBytesPerSpan(kind: string, plan: Budgeted["plan"]): number | undefined {
  const storage = kind in onDisk ? onDisk[kind as keyof typeof onDisk] : undefined;
  return storage && storage.bytes(complete(plan as Demand)) * storage.copies;
}

/**
 * A profile in a file. What is in it is looked at when the budget is compiled.
 *
 * @param written - what a user has called the file
 */
export function readProfile(
  file: string,
  written: string = file,
): { readonly profile?: Profile; readonly problems?: readonly Problem[] } {
  const wrong = (reason: string, remedy: string) => ({
    problems: [{ path: "profile", value: written, reason, remedy }],
  });
  const again = `write it with sightline sampling learn --out ${written === file ? file : `configs/sampling/${written}`}`;
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    return wrong(
      `there is no such file${written === file ? "" : " in configs/sampling"}`,
      `${again}, or leave profile out until then`,
    );
  }
  try {
    const { success, data } = profileFile.safeParse(JSON.parse(content));
    return success ? { profile: data as Profile } : wrong("no profile of traffic", again);
  } catch {
    return wrong("not JSON", again);
  }
}

const number = z.number();
/** What a profile is made of; whether its numbers can be right is asked where it is used. */
const profileFile = z.looseObject({
  from: z.string(),
  to: z.string(),
  largestTrace: number,
  routes: z.array(
    z.looseObject({
      service: z.string(),
      route: z.string(),
      tracesPerSecond: number,
      spansPerTrace: number,
      medianMs: number,
      p99Ms: number,
      errorShare: number,
      byHour: z.array(number).optional(),
    }),
  ),
});
