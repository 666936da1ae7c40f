import type { Processor, Signal } from "../collector/part";
import { redaction } from "../collector/processors/redaction";
import { transform, type StatementGroup } from "../collector/processors/transform";
import { attributes, type Holder } from "./attributes";
import { body } from "./body";
import { formsIn, formsInTexts } from "./forms";
import { credentialNames } from "./forms/credentials";
import { known } from "./known";
import { isOn, privacyRules, type Privacy } from "./options";
import { shortText } from "./texts";

/** Whether anything is taken out at all. */
export const redacts = (privacy: Privacy): boolean =>
  privacyRules.some((rule) => isOn(privacy, rule)) || Object.keys(privacy.patterns ?? {}).length > 0;

const shared: readonly Holder[] = ["resource", "scope"].map((holder) => ({ holder, marked: holder }));
const itself = (holder: string): Holder => ({ holder, marked: holder });

/**
 * Takes out what a store should not keep, in all three signals. The redaction processor looks at every value, which it does
 * fast, and masks what has a telling name; what it suspects is then looked at closely, masked by rule and noted.
 *
 * Source: processor/redactionprocessor of the Collector's contrib repository, version 0.158: it masks in attributes alone, and
 * does not say by which pattern. So its list of allowed values, which it counts, is the list of what is suspected. Names it
 * looks at in logs alone, whose bodies have fields that no convention names: for spans a list of names costs a third of that.
 */
export function redact(privacy: Privacy, signal: Signal): Processor<Signal>[] {
  if (!redacts(privacy)) return [];
  const keep = privacy.keep ?? [];
  const forms = formsIn(privacy);
  const inTexts = formsInTexts(privacy);
  const hints = [...new Set(forms.flatMap((form) => form.hints))];
  const common = { ignoredKeys: keep, summary: "info", allTypes: true } as const;
  const of = (holders: readonly Holder[]): StatementGroup[] => holders.flatMap((held) => attributes(held, forms, keep));
  const masks = transform({
    name: "redact",
    statements: {
      traces: [
        ...known("span", privacy),
        shortText("span.name", "span", inTexts),
        shortText("span.status.message", "span", inTexts),
        ...of([...shared, itself("span"), { holder: "spanevent", marked: "span" }]),
      ],
      metrics: [...known("datapoint", privacy), ...of([...shared, itself("datapoint")])],
      logs: [...known("log", privacy), ...body(inTexts, keep), ...of([...shared, itself("log")])],
    },
  });
  return [
    ...(signal === "logs" && isOn(privacy, "credentials")
      ? [redaction({ name: "credentials", blockedKeyPatterns: credentialNames, ...common })]
      : []),
    ...(hints.length > 0 ? [redaction({ name: "suspects", allowedValues: hints, ...common })] : []),
    { ...masks, stage: "redact" },
  ];
}
