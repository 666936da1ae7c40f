import type { Service } from "./service";

/** Programs that run a service's scripts and are none themselves. */
const managers = /(^|[/\\])(npm|npx|yarn|pnpm|pnpx|corepack|bun)(-cli)?(\.[cm]?js)?$/;

/** Packages that patch the same libraries: two at once make every span twice. */
const agents = [
  "@opentelemetry/sdk-node",
  "@opentelemetry/auto-instrumentations-node",
  "@splunk/otel",
  "@elastic/opentelemetry-node",
  "@sentry/node",
  "@azure/monitor-opentelemetry",
  "applicationinsights",
  "dd-trace",
  "elastic-apm-node",
  "newrelic",
];

/**
 * Why a process is left alone; empty where it needs no word.
 *
 * @default - it is not
 */
export function stepsAside(
  env: NodeJS.ProcessEnv,
  script: string | undefined,
  { dependencies }: Service,
): string | undefined {
  if (script !== undefined && managers.test(script)) return "";
  if (/^true$/i.test(env["OTEL_SDK_DISABLED"] ?? "")) return "OTEL_SDK_DISABLED is true";
  const agent = agents.find((name) => dependencies.includes(name));
  if (agent === undefined || env["SIGHTLINE_BESIDE_AGENTS"] === "true") return undefined;
  return `package.json names ${agent}, which instruments the same libraries; remove it, or set SIGHTLINE_BESIDE_AGENTS=true where the service does not start it`;
}
