import * as pulumi from "@pulumi/pulumi";

/** A resource that was asked of the engine. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `<urn>::<id>` of its provider. */
  readonly provider: string | undefined;
}

/** Pulumi marks a secret on its way to an engine with this key. */
const signature = "4dabf18193072939515e22adb298388d";

/**
 * Runs a program against an engine that creates nothing.
 *
 * @returns what it asked for, once all is quiet, in a stable order
 */
export async function record(program: () => void): Promise<readonly Recorded[]> {
  const seen: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        seen.push({ type, name, inputs, provider });
        return { id: `${name}-id`, state: { imageId: "sha256:0", ...inputs } };
      },
      call: ({ inputs }) => inputs,
    },
    "sightline",
    "test",
    false,
  );
  program();
  await pulumi.runtime.disconnect();
  return seen.sort((a, b) => (label(a) < label(b) ? -1 : 1));
}

export const label = ({ type, name }: { readonly type: string; readonly name: string }): string => `${type} ${name}`;

/** Every text in a value that is not part of a secret, and every text that is. */
export function texts(value: unknown, secret = false): { readonly clear: string[]; readonly secret: string[] } {
  if (typeof value === "string") return secret ? { clear: [], secret: [value] } : { clear: [value], secret: [] };
  if (typeof value !== "object" || value === null) return { clear: [], secret: [] };
  const found = Object.values(value).map((item) => texts(item, secret || signature in value));
  return { clear: found.flatMap((f) => f.clear), secret: found.flatMap((f) => f.secret) };
}
