import type { TailPolicy } from "../collector/processors/tail-policy";
import type { Problem } from "../core/problems";

/** A value of an attribute, of the type that its sender gives it, or numbers from `min` to `max`, both included. */
export type WantedValue =
  string | number | boolean | { readonly min?: number | undefined; readonly max?: number | undefined };

/**
 * Keeps traces of which a span, or its resource, has one of these values. A number matches integers and fractions, `true`
 * and `false` booleans, a text texts: what is a number to SDKs, `http.response.status_code` say, no other text matches
 * than one that reads as that number, and that one matches both. A list of values matches nothing.
 *
 * Only texts go to `string_attribute`. `numeric_attribute` takes whole numbers alone, and what is no whole number for 0;
 * `boolean_attribute` takes what is no boolean for false.
 *
 * Source: processor/tailsamplingprocessor/internal/sampling/{string,numeric,boolean}_tag_filter.go and
 * pkg/ottl/compare.go of the Collector's contrib repository.
 */
export const attributePolicy = (key: string, wanted: readonly WantedValue[]): TailPolicy =>
  wanted.every(isOnlyText)
    ? { name: key, type: "string_attribute", string_attribute: { key, values: wanted } }
    : {
        name: key,
        type: "ottl_condition",
        ottl_condition: {
          error_mode: "ignore",
          span: ["span", "resource"].flatMap((place) => {
            const attribute = `${place}.attributes[${JSON.stringify(key)}]`;
            return wanted.flatMap((value) => conditions(attribute, value));
          }),
        },
      };

/** Values that match nothing, or not what was meant, each with its place in the list. */
export const wantedProblems = (wanted: readonly WantedValue[]): Problem[] =>
  wanted.flatMap((value, i) => problemsOf(value).map((problem) => ({ path: String(i), value, ...problem })));

/** Numbers as conditions have them: neither an exponent, nor more digits than 64 bits hold. */
const numeral = /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/;
const readsAsBoolean = (value: WantedValue): boolean => value === "true" || value === "false";
const isOnlyText = (value: WantedValue): value is string =>
  typeof value === "string" && !numeral.test(value) && !readsAsBoolean(value);

function conditions(attribute: string, value: WantedValue): string[] {
  if (typeof value === "object") {
    const { min, max } = value;
    const ends = [...(min === undefined ? [] : [`>= ${min}`]), ...(max === undefined ? [] : [`<= ${max}`])];
    return [ends.map((end) => `${attribute} ${end}`).join(" and ")];
  }
  if (typeof value !== "string") return [`${attribute} == ${value}`];
  const text = `${attribute} == ${JSON.stringify(value)}`;
  return isOnlyText(value) ? [text] : [text, `${attribute} == ${value}`];
}

function problemsOf(value: WantedValue): Omit<Problem, "path">[] {
  if (value === "") return [{ reason: "an empty string matches nothing", remedy: "remove it" }];
  if (typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return isNumeral(value) ? [] : [notANumeral];
  const { min, max } = value;
  if (min === undefined && max === undefined) {
    return [{ reason: "has neither min nor max", remedy: "write { min: 500 }, { max: 599 } or both" }];
  }
  if (![min, max].every((end) => end === undefined || isNumeral(end))) return [notANumeral];
  if (min !== undefined && max !== undefined && min > max) {
    return [{ reason: "the range is empty", remedy: "write the smaller number as min" }];
  }
  return [];
}

/** Beyond these a number is no longer the one that was written. */
const isNumeral = (value: number): boolean =>
  numeral.test(String(value)) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const notANumeral = {
  reason: "not a number that can be compared exactly",
  remedy: 'write one with at most 15 digits, or just the value as a string, as "9007199254740993"',
};
