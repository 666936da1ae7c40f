/** A budget of spans, compiled to what stock Collectors do: gateways mark, samplers spend. */
export { isAmount, type Amount } from "./amount";
export type { Always, Budget, Place, SamplingBudget } from "./budget";
export type { Bucket } from "./bucket";
export { compile, type Plan } from "./compile";
export { entryMarks } from "./entry-marks";
export { bucketsFor, marker, type Judged, type Marked } from "./judge";
export { policyNames } from "./policy-names";
export { expected, type Expected } from "./expected";
export { budgetPolicies, budgetSampler } from "./policies";
export { atHour, profileProblems, profileText, routeKey, trafficOf, type Profile, type RouteProfile } from "./profile";
export { readTraces } from "./read";
export { replay, type Decision } from "./replay";
