export { mentionedCalls } from "./calls";
export { gapsBetween, type Gap, type Seen } from "./gaps";
export { ranked, type Factor, type Ranked, type Surroundings } from "./rank";
export {
  coverages,
  criticalities,
  type Call,
  type Coverage,
  type Criticality,
  type FoundService,
  type Traffic,
} from "./service";
