import { z } from "zod";
import { privacyRules } from "../components/privacy";
import { flag, text } from "./values";

/** What is taken out of spans, points and log lines. */
export const privacy = z.strictObject({
  rules: z
    .strictObject(Object.fromEntries(privacyRules.map((rule) => [rule, flag.optional()])) as Record<Rule, Flag>)
    .default({}),
  patterns: z.record(z.string(), text, "must map names to regular expressions").default({}),
  keep: z.array(text, "must be a list of attribute names").default([]),
});

type Rule = (typeof privacyRules)[number];
type Flag = z.ZodOptional<typeof flag>;
