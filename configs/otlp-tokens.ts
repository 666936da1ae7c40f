import { isName } from "../components/core/names";
import type { Problem } from "../components/core/problems";

interface Tokens {
  readonly otlpTokens?: Readonly<Record<string, unknown>> | undefined;
}

const remedy = "write `pulumi config set --secret --path otlpTokens.<team> …`";

/** Names that no line can hold, and none at all: whoever takes the last token away must not open the door by it. */
export function tokenProblems({ otlpTokens }: Tokens): Problem[] {
  if (otlpTokens === undefined) return [];
  const names = Object.keys(otlpTokens);
  if (names.length === 0) {
    return [
      { path: "otlpTokens", reason: "holds no token", remedy: `${remedy}, or remove otlpTokens to let everyone send` },
    ];
  }
  return names
    .filter((name) => !isName(name))
    .map((name) => ({
      path: `otlpTokens.${name}`,
      reason: "not a name of lower case letters, digits and hyphens",
      remedy: "give it another one, such as payments-2",
    }));
}

/** Source: RFC 6750, section 2.1. What is no such text, as one with its scheme before it, no sender could show. */
const bearer = /^[0-9A-Za-z._~+/-]+=*$/;

/** Tokens that no sender could show. None of them is ever repeated. */
export const tokenForms = (tokens: Readonly<Record<string, unknown>>): Problem[] =>
  Object.entries(tokens)
    .filter(([, token]) => typeof token !== "string" || !bearer.test(token))
    .map(([name]) => ({
      path: `otlpTokens.${name}`,
      reason: "not a bearer token: it may hold letters, digits and ._~+/- alone, without its scheme",
      remedy: "write one that `openssl rand -hex 32` makes",
    }));
