import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { fieldsOf, type Inputs } from "./fields";
import { isProvider } from "./kinds";

export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** What a preview says about one resource. */
export interface Step {
  readonly operation: Operation;
  /** Pulumi type token: `docker:index/container:Container`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Logical name of the component it belongs to; `stack` where it belongs to none. */
  readonly component: string;
  /** Paths of the arguments that differ, in no case their values. */
  readonly fields: readonly string[];
  /** It stays where it is when Pulumi deletes or replaces it. */
  readonly retained?: true;
  /** @default - it is new */
  readonly before?: Inputs;
  /** @default - it goes */
  readonly after?: Inputs;
}

/** What `pulumi preview --json --show-sames` printed. */
export interface Preview {
  /** Every resource but components, and of providers those that are replaced, in the order of the preview. */
  readonly steps: readonly Step[];
  /** Every setting of the program, as text. */
  readonly config: Readonly<Record<string, string>>;
  /** What Pulumi complained about. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const inputs = z.record(z.string(), z.unknown());
const state = z.object({
  type: z.string(),
  custom: z.boolean().optional(),
  parent: z.string().optional(),
  inputs: inputs.optional(),
  retainOnDelete: z.boolean().optional(),
});
const printed = z.object({
  config: z.record(z.string(), z.string()).default({}),
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        oldState: state.optional(),
        newState: state.optional(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
        replaceReasons: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })).default([]),
});

type Printed = z.infer<typeof printed>["steps"][number];

const operations: ReadonlySet<string> = new Set<Operation>(["create", "update", "replace", "delete", "same"]);
const isOperation = (op: string): op is Operation => operations.has(op);

/** Reads what Pulumi printed. */
export function readPreview(text: string): Preview {
  const { steps, config, diagnostics } = printed.parse(JSON.parse(text));
  const said = (severity: string) =>
    diagnostics.filter((d) => d.severity === severity).map(({ message }) => withoutFrames(message));
  return { steps: steps.flatMap(stepOf), config, errors: said("error"), warnings: said("warning") };
}

/** A message as a person reads it: no colours, no lines of a program's stack, and its severity is known. */
const withoutFrames = (message: string): string =>
  stripVTControlCharacters(message)
    .replace(/^(error|warning): /, "")
    .split("\n")
    .filter((line) => !/^\s+at .*(:\d+:\d+|<anonymous>|\(index \d+\))\)?( \{)?$/.test(line))
    .join("\n")
    .trim();

/** Components and providers run nothing by themselves; a provider that is replaced takes all of its objects elsewhere. */
function stepOf({ op, urn, oldState, newState, detailedDiff, replaceReasons }: Printed): Step[] {
  const current = newState ?? oldState;
  if (!isOperation(op) || !current?.custom) return [];
  if (current.type.startsWith("pulumi:") && !(isProvider(current.type) && op === "replace")) return [];
  const before = op === "create" ? undefined : oldState?.inputs;
  const after = op === "delete" ? undefined : newState?.inputs;
  // What is replaced with its provider may have the same arguments as before.
  const moves = replaceReasons.filter((reason) => reason === "provider");
  const because = (fields: string[]) => (fields.length > 0 ? [...new Set([...fields, ...moves])] : replaceReasons);
  return [
    {
      operation: op,
      type: current.type,
      name: lastOf(urn),
      component: componentOf(current.parent),
      fields:
        op === "update" || op === "replace" ? because(fieldsOf(before, after, Object.keys(detailedDiff ?? {}))) : [],
      ...((op === "delete" || op === "replace") && oldState?.retainOnDelete && { retained: true as const }),
      ...(before && { before }),
      ...(after && { after }),
    },
  ];
}

const lastOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** `urn:pulumi:dev::sightline::sightline:jaeger:Jaeger::jaeger` is the component `jaeger`. */
const componentOf = (parent = ""): string =>
  /::(?:[^:]*\$)?sightline:[^:]+:[^:]+::[^:]+$/.test(parent) ? lastOf(parent) : "stack";
