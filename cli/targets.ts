import { namespaceOf } from "../components/platforms/kubernetes/objects";
import type { Settings } from "../configs/settings-from";
import { clusterOf } from "../stacks/host";
import { ToolchainError } from "../toolchain/error";
import { effectiveSettings } from "./effective-settings";
import { findKubectl } from "./kubectl";
import { planOf } from "./planned";
import { forward, type Forward } from "./port-forward";
import { exists, notUp, openStack, outputsOf } from "./stack";
import type { Targets } from "./verify";

/**
 * Does something with the addresses of a running stack. Ports of a cluster are reached as long as it takes.
 *
 * @throws Refusal where it is not up
 */
export async function withTargets<T>(name: string, use: (targets: Targets) => Promise<T>): Promise<T> {
  const { settings } = effectiveSettings(name);
  const stack = await openStack(name);
  const outputs = (await exists(stack)) ? await outputsOf(stack) : undefined;
  const credentials = (outputs?.["credentials"] ?? {}) as Credentials;
  if (settings.platform === "kubernetes") return throughCluster(settings, credentials, use);
  const urls = outputs?.["urls"] as Urls | undefined;
  if (urls?.otlpHttp === undefined) throw notUp(name);
  return use(targetsFrom(settings, { ...urls, otlpHttp: urls.otlpHttp }, credentials));
}

interface Urls {
  readonly otlpHttp?: string | undefined;
  readonly jaeger?: string | undefined;
  readonly sampling?: string | undefined;
  readonly prometheus?: string | undefined;
  readonly logs?: string | undefined;
  readonly grafana?: string | undefined;
}

interface Credentials {
  readonly grafanaPassword?: string;
  readonly storesUser?: string;
  readonly storesPassword?: string;
  readonly otlpToken?: string;
}

function targetsFrom(
  { logs: { kind } }: Pick<Settings, "logs">,
  urls: Urls & { readonly otlpHttp: string },
  credentials: Credentials,
): Targets {
  const { otlpHttp, jaeger = "", sampling, prometheus = "", logs = "", grafana } = urls;
  const { grafanaPassword: password, otlpToken: token = process.env["SIGHTLINE_OTLP_TOKEN"] } = credentials;
  const { storesUser = "sightline", storesPassword = process.env["SIGHTLINE_STORES_PASSWORD"] } = credentials;
  return {
    otlpHttp,
    jaeger,
    prometheus,
    logs: { kind, url: logs },
    ...(sampling && { sampling }),
    grafana:
      grafana === undefined
        ? { off: "the stack runs without Grafana" }
        : password === undefined
          ? { off: "no Pulumi state here holds its password" }
          : { url: grafana, user: "admin", password },
    ...(storesPassword && { stores: { user: storesUser, password: storesPassword } }),
    ...(token && { token }),
  };
}

/** Forwards every port that is asked, one at a time: each takes a connection to the API server. */
async function throughCluster<T>(
  settings: Settings,
  credentials: Credentials,
  use: (targets: Targets) => Promise<T>,
): Promise<T> {
  const options = clusterOf(settings);
  const kubectl = await findKubectl(options);
  if (kubectl === undefined) throw new ToolchainError(noKubectl);
  const { workloads } = planOf(settings);
  const open: Forward[] = [];
  const url = async (workload: string, portName: string): Promise<string | undefined> => {
    const found = workloads.find(({ name }) => name === workload);
    const port = found?.ports[portName];
    if (found === undefined || port === undefined) return undefined;
    const namespace = namespaceOf(options, found.placement);
    const forwarded = await forward(kubectl, { namespace, service: workload, port: port.port });
    open.push(forwarded);
    return `http://${forwarded.address}`;
  };
  try {
    return await use(
      targetsFrom(
        settings,
        {
          otlpHttp: (await url(settings.guard ? "guard" : (settings.roles[0] ?? "collector"), "otlp-http")) ?? "",
          jaeger: await url("jaeger", "query"),
          sampling: await url("jaeger", "sampling"),
          prometheus: await url("prometheus", "http"),
          logs: await url(settings.logs.kind, "http"),
          grafana: await url("grafana", "http"),
        },
        credentials,
      ),
    );
  } finally {
    await Promise.all(open.map((forwarded) => forwarded.close()));
  }
}

/** What to do where there is no kubectl. */
export const noKubectl = {
  path: "kubectl",
  reason: "not on the PATH and not built",
  remedy: "install it, or run `npm run sightline -- toolchain build kubernetes`",
};
