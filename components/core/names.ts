import { createHash } from "node:crypto";

/**
 * Every name that an engine, a state file or another program remembers. They are public: a change here replaces
 * resources and needs an alias.
 */

/** Pulumi type of a component: `sightline:jaeger:Jaeger`. */
export const typeToken = (component: string): string => `sightline:${component}`;

/** First characters of the SHA-256 of a text: enough to tell versions of one file apart. */
export const contentHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);

/** Logical name of a child of a component: the main child is called as the component, others `<component>-<role>`. */
export const childName = (component: string, role?: string): string =>
  role === undefined ? component : `${component}-${role}`;

/** Physical name on an engine that several stacks may share: `sightline-dev-jaeger`. */
export const physicalName = (prefix: string, ...parts: readonly string[]): string => [prefix, ...parts].join("-");

/** What a name may be: lower case letters, digits and single hyphens, at most 40 characters, as DNS labels allow. */
export const isName = (text: string): boolean => /^[a-z]([a-z0-9]|-(?!-)){0,38}[a-z0-9]$|^[a-z]$/.test(text);
