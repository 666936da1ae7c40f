import { transform } from "../../collector/parts";
import type { Processor } from "../../collector/part";
import { marks } from "./mark-names";

/**
 * Says on the first span of what was kept which policy kept it, so that whoever looks at a trace knows why it is there. Where
 * the first span never came, spans that failed say it.
 *
 * The sampler itself writes it on the scope, which not every storage keeps.
 */
export const policyNames = (): Processor<"traces"> => ({
  ...transform({
    name: "policy",
    statements: {
      traces: [
        {
          conditions: ["IsRootSpan()", `span.attributes[${JSON.stringify(marks.slowness)}] != nil`],
          statements: [
            `set(span.attributes[${JSON.stringify(marks.policy)}], scope.attributes["tailsampling.policy"]) where scope.attributes["tailsampling.policy"] != nil`,
          ],
        },
        {
          conditions: ['scope.attributes["tailsampling.policy"] != nil'],
          statements: ['delete_key(scope.attributes, "tailsampling.policy")'],
        },
      ],
    },
  }),
  stage: "sample",
});
