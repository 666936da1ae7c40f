import { clusterOf, hostOf } from "../../stacks/host";
import { ToolchainError } from "../../toolchain/error";
import { effectiveSettings } from "../effective-settings";
import { findKubectl } from "../kubectl";
import { noKubectl } from "../targets";
import { dockerHolder } from "./docker";
import type { Holder } from "./held";
import { kubernetesHolder } from "./kubernetes";

export { counted, named, type Held, type Holder } from "./held";

/** Where a stack's settings say that it runs. No Pulumi state is read. */
export async function holderOf(stack: string): Promise<Holder> {
  const { settings } = effectiveSettings(stack);
  if (settings.platform === "docker") {
    return dockerHolder({ stack: settings.name, host: hostOf(settings).host ?? settings.dockerHost });
  }
  const options = clusterOf(settings);
  const kubectl = await findKubectl(options);
  if (kubectl === undefined) throw new ToolchainError(noKubectl);
  return kubernetesHolder(kubectl, options);
}
