import { suites } from "./faults";
import { foundAfter } from "./found";

describe("what an agent has acknowledged, after the way between two processes was bad", () => foundAfter(suites.ways));
