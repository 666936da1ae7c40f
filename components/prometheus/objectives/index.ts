export { objectiveProblems } from "./check";
export { slo, type Objective, type ObjectiveOptions } from "./objective";
export { objectiveRules } from "./rules";
