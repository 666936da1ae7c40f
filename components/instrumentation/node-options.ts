import type { NoAddress } from "../core/address";
import { kitFolder } from "./kit";

/** What `NODE_OPTIONS` has to hold for a service to be traced. */
export const loadsKit = `--require ${kitFolder}/loader.cjs`;

/** Packages that instrument the same libraries: two at once make every span twice. */
const agents =
  /@opentelemetry\/(auto-instrumentations-node|sdk-node)|@splunk\/otel|@elastic\/opentelemetry-node|@sentry\/node|@azure\/monitor-opentelemetry|applicationinsights|dd-trace|elastic-apm-node|newrelic/;

/** Options of a service with the kit before all that they load, or why that cannot be. */
export function withKit(options: string): { readonly value: string } | NoAddress {
  if (options.includes(loadsKit)) return { value: options };
  const [agent] = agents.exec(options) ?? [];
  if (agent !== undefined) {
    return {
      reason: `loads ${agent}, which instruments the same libraries as the kit`,
      remedy: `remove it, or write runtime: "env" and leave tracing to it`,
    };
  }
  return { value: options.trim() === "" ? loadsKit : `${loadsKit} ${options.trim()}` };
}
