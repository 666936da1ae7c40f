import { loadsKit } from "../node-options";
import type { DeployedContainer } from "../policy/deployed";
import type { Wish } from "./rule";

/** Programs by what runs them. */
const nodejs = /^(node|nodejs|npm|npx|yarn|pnpm|tsx|ts-node|next|nest|nuxt|pm2-runtime)$/;
const others =
  /^(java|python\d?(\.\d+)?|gunicorn|uvicorn|celery|dotnet|ruby|puma|php|php-fpm|bun|deno|nginx|postgres)$/;

/** Images of a runtime alone: `node:24`, `gcr.io/distroless/nodejs24-debian13`. Calico calls its agent `node` as well. */
const images: readonly (readonly [pattern: RegExp, runtime: Wish])[] = [
  [/^(?!.*calico\/)(.*\/)?(node|nodejs[-\w]*)$/, "nodejs"],
  [/^(.*\/)?golang$/, "go"],
];

/**
 * What a service seems to be, by how it is started and by its image. A guess that is wrong adds variables that nobody
 * reads, and never stops a service.
 *
 * @default - nothing says so
 */
export function recognised({ image, words, value }: DeployedContainer): Wish | undefined {
  if (value("NODE_OPTIONS")?.includes(loadsKit)) return "nodejs";
  const program = programOf(words());
  if (program !== undefined && nodejs.test(program)) return "nodejs";
  if (program === "go") return "go";
  if (program !== undefined && others.test(program)) return "env";
  const repository =
    image()
      ?.split("@")[0]!
      .replace(/:[^:/]+$/, "") ?? "";
  return images.find(([pattern]) => pattern.test(repository))?.[1];
}

const shells = ["sh", "bash", "ash", "dash"];
const wrappers = ["tini", "dumb-init", "exec", "env", "--", "-g"];

/** What is started, also behind an init process or by a shell: `tini -- node server.js`, `sh -c "exec node server.js"`. */
function programOf(words: readonly string[]): string | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const name = first.split("/").at(-1)!;
  if (wrappers.includes(name) || /^\w+=/.test(first)) return programOf(rest);
  if (shells.includes(name)) return rest[0] === "-c" ? programOf((rest[1] ?? "").trim().split(/\s+/)) : undefined;
  return name;
}
