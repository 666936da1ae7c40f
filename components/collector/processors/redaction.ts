import type { Secret } from "../../core/workload";
import * as check from "../checks";
import { literal } from "../literal";
import type { Processor, Signal } from "../part";
import { secretVariable } from "../secrets";

export interface RedactionOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Keys of attributes that stay; all others are deleted. @default "all" */
  readonly allowedKeys?: "all" | readonly [string, ...string[]];
  /** Keys whose attributes nobody looks into. @default - none */
  readonly ignoredKeys?: readonly string[];
  /** Regular expressions; attributes with such keys are masked. @default - none */
  readonly blockedKeyPatterns?: readonly string[];
  /** Regular expressions; what matches in a value is masked. @default - none */
  readonly blockedValues?: readonly string[];
  /** Regular expressions; values that match are never masked. @default - none */
  readonly allowedValues?: readonly string[];
  /** Looks into numbers, lists and maps too, as texts; what is masked in one becomes a text. @default - texts alone */
  readonly allTypes?: boolean;
  /** Shows a hash of what is masked, so that equal values can still be told. @default - stars */
  readonly hash?: "sha3" | { readonly hmac: "sha256" | "sha512"; readonly key: Secret };
  /** What is noted on each span about what was masked. @default "silent" */
  readonly summary?: "debug" | "info" | "silent";
}

/**
 * Masks what must not be kept: card numbers, tokens, mail addresses. It stands before every fork, so that metrics
 * derived from spans are clean too.
 *
 * Source: processor/redactionprocessor of the Collector's contrib repository. Its own default deletes every attribute.
 */
export function redaction({
  name,
  allowedKeys = "all",
  ignoredKeys = [],
  blockedKeyPatterns = [],
  blockedValues = [],
  allowedValues = [],
  allTypes = false,
  hash,
  summary = "silent",
}: RedactionOptions): Processor<Signal> {
  const key = typeof hash === "object" ? secretVariable(hash.key, "redaction", name, "hmac_key") : undefined;
  return {
    role: "processor",
    type: "redaction",
    stage: "redact",
    ...(name !== undefined && { name }),
    carries: { traces: true, metrics: true, logs: true },
    config: {
      ...(allowedKeys === "all" ? { allow_all_keys: true } : { allowed_keys: allowedKeys }),
      ...(ignoredKeys.length > 0 && { ignored_keys: ignoredKeys }),
      ...(blockedKeyPatterns.length > 0 && { blocked_key_patterns: blockedKeyPatterns.map(literal) }),
      ...(blockedValues.length > 0 && { blocked_values: blockedValues.map(literal) }),
      ...(allowedValues.length > 0 && { allowed_values: allowedValues.map(literal) }),
      ...(allTypes && { redact_all_types: true }),
      ...(hash !== undefined && { hash_function: typeof hash === "object" ? `hmac-${hash.hmac}` : hash }),
      ...(key && { hmac_key: key.reference }),
      summary,
    },
    ...(key && { needs: { env: key.env } }),
    problems: [
      ...[...blockedKeyPatterns, ...blockedValues, ...allowedValues].flatMap((pattern) => goPattern(pattern)),
      ...(allowedKeys === "all" ? [] : check.some("allowedKeys", allowedKeys, 'write keys, or "all"')),
    ],
  };
}

/** Go's regular expressions know no lookaround and no backreference. */
const goPattern = (pattern: string) =>
  check.unless(!/\(\?(<?[=!])|\\[1-9]/.test(pattern), {
    path: "patterns",
    value: pattern,
    reason: "the Collector's regular expressions (RE2) support neither lookaround nor backreferences",
    remedy: "rewrite it without them",
  });
