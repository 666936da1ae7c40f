export { chart, type DiskPrice } from "./chart";
export { demandProblems, usualOutage, type CompleteDemand, type Demand } from "./demand";
export { capacityPlan, type CapacityPlan } from "./plan";
export { measure, type Sample } from "./sample";
export { shortfalls, type Planned } from "./shortfalls";
