import { Command } from "commander";
import { gapsBetween, mentionedCalls, ranked, type FoundService } from "../../components/discovery";
import { refuse } from "../../components/core/problems";
import { findKubectl } from "../kubectl";
import { each } from "../check/written";
import { measured } from "../discover/measured";
import { servicesInCluster, servicesInFiles } from "../discover/read";
import { asText, plan } from "../discover/report";
import { sourceFiles } from "../instrument/files";

interface Options {
  readonly file: readonly string[];
  readonly cluster?: true;
  readonly context?: string;
  readonly prometheus?: string;
  readonly json?: true;
}

/** `sightline discover`: which services there are, and which to instrument first. */
export function discoverCommand(): Command {
  return new Command("discover")
    .description(
      "find the services of files or of a cluster, rank them by what instrumenting them brings, and show gaps",
    )
    .option(
      "-f, --file <path>",
      "manifests or compose files: a file, folder, or - for standard input; may be given several times",
      each,
      [],
    )
    .option("--cluster", "read the cluster that kubectl is pointed at")
    .option("--context <name>", "read this context of the kubeconfig")
    .option("--prometheus <url>", "take traffic, calls and gaps from this Prometheus of a stack: http://127.0.0.1:9090")
    .option("--json", "print what was found as JSON")
    .addHelpText("after", help)
    .action(discover);
}

async function discover({ file, cluster, context, prometheus, json }: Options): Promise<void> {
  const ofCluster = cluster === true || context !== undefined;
  refuse(
    "arguments",
    file.length === 0 && !ofCluster
      ? [{ path: "-f", reason: "missing, and no cluster is named", remedy: "name files with -f, or write --cluster" }]
      : [],
  );
  const services = [...servicesInFiles(await sourceFiles(file)), ...(ofCluster ? await inCluster(context) : [])];
  const seen = prometheus === undefined ? undefined : await measured({ url: prometheus });
  const mentioned = mentionedCalls(services);
  const calls =
    seen === undefined
      ? mentioned
      : [
          ...mentioned,
          ...seen.calls.filter((call) => !mentioned.some((other) => other.from === call.from && other.to === call.to)),
        ];
  const sending = services.map((service): FoundService =>
    seen?.sending.includes(service.name) && service.coverage === "none"
      ? { ...service, coverage: "automatic" }
      : service,
  );
  const found = {
    services: ranked(sending, { calls, ...(seen && { traffic: seen.traffic }) }),
    gaps: seen === undefined ? [] : gapsBetween(services, mentioned, seen),
    measured: seen !== undefined,
  };
  console.log(json ? JSON.stringify({ ...found, plan: plan(found.services) }, null, 2) : asText(found));
}

const kinds = "deployments,statefulsets,daemonsets,pods,services,ingresses,configmaps";

/** Objects of all namespaces but those of the cluster itself. A pod that something made is that thing's. */
async function inCluster(context: string | undefined): Promise<FoundService[]> {
  const kubectl = await findKubectl({ context });
  const problem = { path: "--cluster", remedy: "install kubectl, and see whether kubectl get pods works" };
  if (kubectl === undefined) {
    refuse("arguments", [{ ...problem, reason: "kubectl is not there" }]);
    return [];
  }
  const { code, stdout, stderr } = await kubectl.ask("get", kinds, "--all-namespaces", "--output", "json");
  refuse(
    "cluster",
    code === 0 ? [] : [{ ...problem, reason: stderr.trim().split("\n").at(-1) ?? "it does not answer" }],
  );
  const { items } = JSON.parse(stdout) as { items: { metadata: { namespace?: string; ownerReferences?: unknown } }[] };
  return servicesInCluster({
    kind: "List",
    items: items.filter(
      ({ metadata: { namespace = "", ownerReferences } }) =>
        !namespace.startsWith("kube-") && ownerReferences === undefined,
    ),
  });
}

const help = `
A cluster, with what its stack has measured:
  sightline discover --cluster --prometheus http://127.0.0.1:9090
Files alone, before anything runs:
  helm template shop ./chart | sightline discover -f -
priority = criticality · log10(1 + requests/s) · (1 + 5 · errors) · (1 + log10(1 + in + out)) · 1/(1 + hops) · (1 − coverage);
without traffic, replicas stand for requests. docs/discovery.md says each factor.`;
