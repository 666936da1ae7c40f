import { kafkaBuffer, type BufferOptions, type TraceBuffer } from "../components/buffer/buffer";
import type { Planner } from "../components/core/platform";
import type { Secret } from "../components/core/workload";
import type { Settings } from "../configs/settings-from";

/** The buffer that settings ask for, with the password and image that stand elsewhere in them; none is the default. */
export function bufferOf(
  { buffer, bufferPassword, images }: Settings,
  at: Planner,
  secrets: { readonly bufferPassword?: Secret },
): TraceBuffer | undefined {
  if (buffer === undefined) return undefined;
  const isManaged = typeof buffer.managed === "object";
  const hasPassword = bufferPassword !== undefined && typeof buffer.external === "object";
  return kafkaBuffer({
    ...buffer,
    ...(isManaged && { managed: { ...buffer.managed, at, image: images.kafka } }),
    ...(hasPassword && { external: { ...buffer.external, password: secrets.bufferPassword } }),
  } as BufferOptions);
}
