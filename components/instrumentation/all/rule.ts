import type { Problem } from "../../core/problems";
import type { Deployed, DeployedContainer } from "../policy/deployed";

/** What a service is given: the kit for Node.js, variables for an SDK that is in it, or nothing. */
export type Wish = (typeof wishes)[number];
export const wishes = ["nodejs", "go", "env", "off"] as const;

export const isWish = (text: string): text is Wish => wishes.some((wish) => wish === text);

/** Annotation of a workload or its pods, or label of a Docker container, that says which. */
export const wishKey = "sightline.dev/instrument";

/** Which workloads are given what. A `*` stands for any text, and all that is named has to match. */
export interface InstrumentRule {
  /** Namespace, on Kubernetes. @default - any */
  readonly namespace?: string;
  /** Name of the workload. @default - any */
  readonly name?: string;
  /** Image of its service, as it is written: `registry.example.com/shop/*`. @default - any */
  readonly image?: string;
  readonly runtime: Wish;
}

export const ruleProblems = (rules: readonly InstrumentRule[]): readonly Problem[] =>
  rules.flatMap(({ runtime }, i) =>
    isWish(runtime) ? [] : [{ path: `rules[${i}].runtime`, value: runtime, ...unknownWish }],
  );

export const unknownWish = {
  reason: "nothing that a service can be given",
  remedy: `write ${wishes.map((wish) => JSON.stringify(wish)).join(", ")}`,
};

/** Whether a rule is about a workload. What is not known yet matches no more than `*`. */
export const matches = (rule: InstrumentRule, workload: Deployed, service: DeployedContainer | undefined): boolean =>
  (
    [
      [rule.namespace, workload.namespace],
      [rule.name, workload.name.split("/").at(-1)],
      [rule.image, service?.image()],
    ] as const
  ).every(([pattern = "*", text = ""]) => glob(pattern).test(text));

const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s");
