import { sentence } from "../../core/problems";
import { deployed, type Deployed } from "./deployed";
import { rules, sharedNames, workloadProblems, type PolicyOptions } from "./rules";

/** A resource as Pulumi shows it to a policy. */
interface Shown {
  readonly type: string;
  readonly urn: string;
  readonly props: Readonly<Record<string, unknown>>;
}
type Report = (message: string, urn?: string) => void;

/** A policy as `@pulumi/policy` takes it: the library itself does not need that package. */
type Policy = { readonly name: string; readonly description: string; readonly enforcementLevel: "mandatory" } & (
  | { readonly validateResource: (shown: Shown, report: Report) => void }
  | {
      readonly validateStack: (stack: unknown, report: Report) => void;
    }
);

/**
 * Policies by which no service is deployed untraced:
 * `new PolicyPack("tracing", { policies: tracingPolicies({ endpoints: ["http://…:4318"] }) })`.
 */
export function tracingPolicies(options: PolicyOptions = {}): Policy[] {
  // A policy of a stack is shown outputs, which are not known in a preview: what is asked for is remembered as it comes.
  const seen = new Map<string, Deployed>();
  return [
    ...rules.map((rule): Policy => ({
      name: rule.name,
      description: rule.description,
      enforcementLevel: "mandatory",
      validateResource: ({ type, props, urn }, report) => {
        const workload = deployed(type, props);
        if (workload === undefined) return;
        seen.set(urn, workload);
        for (const problem of workloadProblems(rule, workload, options)) report(sentence(problem));
      },
    })),
    {
      name: "service-name-is-its-own",
      description: "No two workloads of a stack share a service name.",
      enforcementLevel: "mandatory",
      validateStack: (_, report) => {
        const workloads = [...seen].map(([urn, workload]) => ({ ...workload, urn }));
        for (const { workload, problem } of sharedNames(workloads, options)) report(sentence(problem), workload.urn);
      },
    },
  ];
}
