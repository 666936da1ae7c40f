import { suites } from "./faults";
import { foundAfter } from "./found";

describe("what an agent has acknowledged, after what is around the processes has failed", () =>
  foundAfter(suites.around));
