import { serviceOf } from "./service";
import { start } from "./start";
import { stepsAside } from "./step-aside";

/** Set by the first kit of a process: a second one, from NODE_OPTIONS and a command line, does nothing. */
const loaded = Symbol.for("sightline.kit");
const globals = globalThis as Record<symbol, unknown>;

if (globals[loaded] === undefined) {
  globals[loaded] = true;
  const service = serviceOf(process.argv[1]);
  const reason = stepsAside(process.env, process.argv[1], service);
  if (reason === undefined) start(service);
  else if (reason !== "") process.stderr.write(`sightline: untraced: ${reason}\n`);
}
