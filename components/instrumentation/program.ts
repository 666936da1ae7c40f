import type { Problem } from "../core/problems";

/** What can be seen of how a container starts a program. */
export interface Start {
  readonly image?: unknown;
  /** Program and arguments, where they are not the image's own. */
  readonly words?: readonly unknown[];
}

type Found = Pick<Problem, "value" | "reason" | "remedy">;

const managers = ["npm", "npx", "yarn", "pnpm"];
const others = ["bun", "deno", "java", "python", "python3", "gunicorn", "uvicorn", "dotnet", "ruby", "php"];

/** Why the Node.js kit could not reach a program. @default - nothing says that it could not */
export function unreachable({ image, words = [] }: Start): Found | undefined {
  const [program] = words;
  const name = typeof program === "string" ? program.split("/").at(-1)! : "";
  if (others.includes(name)) {
    return {
      value: program,
      reason: "not a Node.js program",
      remedy: 'write runtime: "env", and put an SDK or agent into it',
    };
  }
  const [, major] = /(?:^|\/)node:(\d+)/.exec(typeof image === "string" ? image : "") ?? [];
  if (major !== undefined && Number(major) < 20) {
    return { value: image, reason: "older than Node.js 20.6, which the kit needs", remedy: "use a newer image" };
  }
  return undefined;
}

/** What is worth knowing of a program that the kit does reach. */
export function remarkable({ words = [] }: Start): Found | undefined {
  const [program] = words;
  if (typeof program !== "string" || !managers.includes(program.split("/").at(-1)!)) return undefined;
  return {
    value: words.join(" "),
    reason: "a package manager starts the service and does not always forward the stop signal",
    remedy: 'start the service itself, as ["node", "server.js"]',
  };
}
