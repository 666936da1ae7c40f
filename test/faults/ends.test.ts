import { suites } from "./faults";
import { foundAfter } from "./found";

describe("what an agent has acknowledged, after a process has ended", () => foundAfter(suites.ends));
