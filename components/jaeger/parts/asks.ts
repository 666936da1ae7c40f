import { refTo, type Extension } from "../../collector/part";
import type { Config } from "../../core/config";
import type { Port } from "../../core/workload";

/** How a server asks who is there. */
export const authenticated = (asks: Extension | undefined): Config =>
  asks === undefined ? {} : { auth: { authenticator: refTo(asks) } };

/** Ports whose process asks. */
export const asking = (
  ports: Readonly<Record<string, Port>>,
  asks: Extension | undefined,
): Readonly<Record<string, Port>> =>
  asks === undefined
    ? ports
    : Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, { ...port, asks: true }]));
