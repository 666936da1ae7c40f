import { Command } from "commander";
import { isAddress, parseAddress } from "../../components/core/address";
import { refuse, type Problem } from "../../components/core/problems";
import { inMilliseconds, isDuration } from "../../components/core/units";
import { exitCodes } from "../exit-codes";
import { ledgerInWords, readLedger, report, store, verify, type Targets } from "../verify";

/** Addresses as flags. */
export interface Addresses {
  readonly otlp?: string;
  readonly jaeger?: string;
  readonly prometheus?: string;
  readonly victorialogs?: string;
  readonly loki?: string;
  readonly sampling?: string;
  readonly grafana?: string;
  readonly grafanaUser: string;
  readonly storesUser: string;
}

interface Flags extends Addresses {
  readonly stack: string;
  readonly ledger?: boolean;
  readonly json?: boolean;
  readonly timeout: string;
}

const environment = `
Secrets come from the environment, since arguments are seen by everybody on the machine:
  SIGHTLINE_OTLP_TOKEN        bearer token, where the Collector asks for one
  SIGHTLINE_STORES_PASSWORD   password of Jaeger, Prometheus and the store of logs, where they ask for one
  SIGHTLINE_GRAFANA_PASSWORD  password of the Grafana user`;

/**
 * `sightline verify`: sends a canary and finds it again.
 *
 * @param withTargets looks at the addresses of a stack
 */
export function verifyCommand(
  withTargets: <T>(stack: string, look: (targets: Targets) => Promise<T>) => Promise<T>,
): Command {
  return new Command("verify")
    .description("send one request through the tracing platform and find it again everywhere")
    .option("-s, --stack <name>", "stack whose addresses are used", "dev")
    .option(
      "--ledger",
      "send nothing: show what became of all that each hop has accepted, and fail where it does not add up",
    )
    .option("--json", "print the result as JSON, and no progress")
    .option("--timeout <duration>", "longest time for each step", "60s")
    .option("--otlp <url>", "OTLP/HTTP receiver of the Collector; with addresses given, no stack is asked")
    .option("--jaeger <url>", "query API of Jaeger")
    .option("--prometheus <url>", "Prometheus")
    .option("--victorialogs <url>", "VictoriaLogs")
    .option("--loki <url>", "Loki, instead of VictoriaLogs")
    .option("--sampling <url>", "remote sampling of Jaeger")
    .option("--grafana <url>", "Grafana")
    .option("--grafana-user <name>", "user of Grafana", "admin")
    .option("--stores-user <name>", "user of Jaeger, Prometheus and the store of logs", "sightline")
    .addHelpText("after", environment)
    .action(async ({ stack, ledger = false, json = false, timeout, ...addresses }: Flags) => {
      const limit = milliseconds(timeout);
      const targets = fromFlags(addresses, process.env);
      const at = <T>(look: (targets: Targets) => Promise<T>) =>
        targets === undefined ? withTargets(stack, look) : look(targets);
      if (ledger) {
        const read = await at((targets) => readLedger(store(targets, targets.prometheus), limit));
        console.log(json ? JSON.stringify(read, null, 2) : ledgerInWords(read));
        process.exitCode = read.ok ? exitCodes.done.code : exitCodes.failed.code;
        return;
      }
      const result = await at((targets) => verify(targets, { timeout: limit, quiet: json }));
      report(result, { json });
      process.exitCode = result.ok ? exitCodes.done.code : exitCodes.failed.code;
    });
}

function milliseconds(timeout: string): number {
  if (isDuration(timeout)) return inMilliseconds(timeout);
  refuse("arguments", [{ path: "--timeout", value: timeout, reason: "not a duration", remedy: "write it as 60s" }]);
  return NaN;
}

/**
 * Addresses given by hand: all that are needed, or none at all.
 *
 * @throws Refusal with every flag that is wrong or missing
 */
export function fromFlags(
  { grafanaUser, storesUser, ...urls }: Addresses,
  env: NodeJS.ProcessEnv,
): Targets | undefined {
  if (Object.keys(urls).length === 0) return undefined;
  const {
    otlp = "",
    jaeger = "",
    prometheus = "",
    loki,
    victorialogs = loki === undefined ? "" : undefined,
    sampling,
    grafana,
  } = urls;
  const {
    SIGHTLINE_OTLP_TOKEN: token,
    SIGHTLINE_GRAFANA_PASSWORD: password = "",
    SIGHTLINE_STORES_PASSWORD: stores,
  } = env;
  const logs = victorialogs === undefined ? { loki } : { victorialogs };
  const given = Object.entries({ ...urls, otlp, jaeger, prometheus, ...logs }) as [string, string][];
  const problems = given.flatMap(([flag, url]) => (isUrl(url) ? [] : [notAnAddress(flag, url)]));
  if (grafana !== undefined && password === "") {
    const remedy = "set SIGHTLINE_GRAFANA_PASSWORD";
    problems.push({ path: "--grafana", reason: "no password is given", remedy });
  }
  if (loki !== undefined && victorialogs !== undefined) {
    problems.push({
      path: "--loki",
      value: loki,
      reason: "given together with --victorialogs",
      remedy: "give one of them",
    });
  }
  refuse("arguments", problems);
  return {
    otlpHttp: otlp,
    jaeger,
    prometheus,
    logs: victorialogs === undefined ? { kind: "loki", url: loki ?? "" } : { kind: "victorialogs", url: victorialogs },
    ...(sampling !== undefined && { sampling }),
    ...(grafana !== undefined && { grafana: { url: grafana, user: grafanaUser, password } }),
    ...(stores !== undefined && { stores: { user: storesUser, password: stores } }),
    ...(token !== undefined && { token }),
  };
}

function isUrl(text: string): boolean {
  const parsed = parseAddress(text);
  return isAddress(parsed) && parsed.secure !== undefined;
}

const notAnAddress = (flag: string, url: string): Problem =>
  url === ""
    ? { path: `--${flag}`, reason: "missing, but other addresses are given", remedy: "give all addresses, or none" }
    : { path: `--${flag}`, value: url, reason: "not a URL", remedy: "write it as http://host:port" };
