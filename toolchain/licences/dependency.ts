/** How the project uses what others wrote. What may stand in a licence goes by it. */
export const uses = {
  linked: "compiled or loaded into what this project ships or builds",
  tool: "loaded by this project's own tools and tests, shipped nowhere",
  program: "a program or jar of its own, run on this machine or put into images that are made on it",
  pulled: "an image that users pull from its publisher: never built, linked or handed on here",
} as const;
export type Use = keyof typeof uses;

/** Where names and versions of a dependency come from. */
export const kinds = ["npm", "go", "maven", "debian", "image"] as const;
export type Kind = (typeof kinds)[number];

/** One version of something that others wrote. */
export interface Dependency {
  readonly kind: Kind;
  readonly name: string;
  readonly version: string;
  /** What its publisher says, or its licence file reads as. @default - nothing is said */
  readonly licence?: string;
  readonly use: Use;
  /** Where it comes in: `package-lock.json: @monokle/validation → uuid`. The first is enough to find it. */
  readonly through: readonly string[];
}

/** Names one version: `npm uuid@9.0.1`. */
export const keyOf = ({ kind, name, version }: Pick<Dependency, "kind" | "name" | "version">): string =>
  `${kind} ${name}@${version}`;
