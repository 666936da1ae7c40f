import { physicalName } from "../../core/names";
import type { Workload } from "../../core/workload";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** The ServiceAccount that pods of a workload run as. Each has its own, so that rights of one are never another's. */
export const serviceAccountName = ({ name }: Workload): string => name;

/** Label of what does not end at the stack's namespaces: `kubectl get clusterroles -l sightline.dev/scope=cluster`. */
const clusterWide = { "sightline.dev/scope": "cluster" };

const group = "rbac.authorization.k8s.io";

/**
 * Who a workload is to the API server, and exactly the rights it declares. Pods of all namespaces, namespaces and nodes
 * are looked up, which only a ClusterRole can allow; nothing else of a stack is cluster-wide.
 */
export function accessOf(options: KubernetesOptions, workload: Workload): readonly KubernetesObject[] {
  const { access = [], placement } = workload;
  const namespace = namespaceOf(options, placement);
  const account = object(options, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    name: serviceAccountName(workload),
    namespace,
    workload,
    body: { automountServiceAccountToken: access.length > 0 },
  });
  if (access.length === 0) return [account];
  const role = {
    apiVersion: `${group}/v1`,
    name: workload.name,
    called: physicalName(options.name, workload.name),
    workload,
    labels: clusterWide,
  };
  return [
    account,
    object(options, {
      ...role,
      kind: "ClusterRole",
      body: {
        rules: access.map(({ apiGroups, resources, verbs }) => ({
          apiGroups: [...apiGroups],
          resources: [...resources],
          verbs: [...verbs],
        })),
      },
    }),
    object(options, {
      ...role,
      kind: "ClusterRoleBinding",
      body: {
        roleRef: { apiGroup: group, kind: "ClusterRole", name: role.called },
        subjects: [{ kind: "ServiceAccount", name: serviceAccountName(workload), namespace }],
      },
    }),
  ];
}
