export { chart, type DiskPrice } from "./chart";
export { complete, demandProblems, type CompleteDemand, type Demand } from "./demand";
export { figures, type Figure } from "./figures";
export { capacityPlan, type CapacityPlan } from "./plan";
export { measure, type Sample } from "./sample";
export { shortfalls, type Planned } from "./shortfalls";
