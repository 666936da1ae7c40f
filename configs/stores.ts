import type { Problem } from "../components/core/problems";

/** What is told of something that somebody else runs, or the stack does. Settings files may hold anything. */
const toldOf = (kept: object | undefined, who: "external" | "managed") =>
  (kept as Record<string, Readonly<Record<string, unknown>> | undefined> | undefined)?.[who];

export interface Where {
  readonly platform: "docker" | "kubernetes";
}

/** A password that everybody could read. */
export function inClear(path: string, kept: object | undefined, secret: string): Problem[] {
  return toldOf(kept, "external")?.["password"] === undefined
    ? []
    : [
        {
          path: `${path}.external.password`,
          reason: "a password in plain text",
          remedy: `remove it and run \`pulumi config set --secret ${secret} …\``,
        },
      ];
}

/** Copies on one machine are gone together with it. */
export function crowded(path: string, kept: object | undefined, platform: Where["platform"]): Problem[] {
  const nodes = toldOf(kept, "managed")?.["nodes"];
  return platform === "docker" && typeof nodes === "number" && nodes > 1
    ? [
        {
          path: `${path}.managed.nodes`,
          value: nodes,
          reason: "a Docker host is one machine, so all nodes would fail together",
          remedy: "write 1, or run it on Kubernetes",
        },
      ]
    : [];
}
