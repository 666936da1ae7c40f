import type { Secret } from "../core/workload";

/** A secret on its way to the process: a variable that holds it, and the reference that configuration text shows. */
export interface SecretVariable {
  readonly reference: string;
  readonly env: Readonly<Record<string, Secret>>;
}

/** Hands a secret to the process under a name made of words: `KAFKA_PASSWORD`. Words left out are skipped. */
export function secretVariable(secret: Secret, ...words: readonly (string | undefined)[]): SecretVariable {
  const name = words
    .filter((word) => word !== undefined)
    .join("_")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "_");
  return { reference: `\${env:${name}}`, env: { [name]: secret } };
}
