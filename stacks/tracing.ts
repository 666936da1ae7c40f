import { agentNamespace, mainNamespace, nodeNamespace } from "../components/platforms/kubernetes/objects";
import type { Chain } from "../components/tracing";
import type { Login } from "../components/core/login";
import type { Secret } from "../components/core/workload";
import type { Settings } from "../configs/settings-from";

/** What settings say of the Collectors of a stack, but for their neighbours. */
export function tracingOptions(
  settings: Settings,
  { otlpTokens, login }: { readonly otlpTokens?: Secret; readonly login: Login },
): Omit<Chain, "jaeger" | "storage" | "prometheus" | "logs"> {
  const {
    roles,
    images,
    memory,
    ports,
    durability,
    queueSize,
    names,
    privacy,
    gateway,
    sampler,
    tailSampling,
    samplingBudget,
  } = settings;
  return {
    roles,
    image: images.collector,
    memory,
    outside: { grpc: ports.otlpGrpc, http: ports.otlpHttp },
    guarded: settings.guard,
    tokens: settings.otlpTokens === undefined ? undefined : otlpTokens,
    login,
    durability,
    queueSize,
    names,
    privacy,
    gateway,
    sampler,
    tailSampling,
    samplingBudget,
    node: ownNode(settings),
  };
}

/** What is measured and read of the machines that agents run on. */
export function ownNode({ platform, name, kubernetes, agent }: Settings): Chain["node"] {
  const { hostMetrics, kubeletMetrics, containerLogs } = agent;
  if (platform !== "kubernetes") return { hostMetrics };
  const cluster = { name, ...kubernetes };
  return {
    hostMetrics,
    cluster: {
      namespace: mainNamespace(cluster),
      agentNamespaces: [agentNamespace(cluster), nodeNamespace(cluster)],
      kubeletMetrics,
      containerLogs,
    },
  };
}
