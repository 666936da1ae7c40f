import type { Secret } from "../../core/workload";
import type { Extension } from "../part";
import { secretVariable } from "../secrets";

export interface BearerTokenAuthOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** The token, without its scheme. */
  readonly token: Secret;
  /** @default "Bearer" */
  readonly scheme?: string;
}

/**
 * A token in the header `Authorization`: a receiver asks for it, an exporter shows it.
 *
 * Source: extension/bearertokenauthextension of the Collector's contrib repository.
 */
export function bearerTokenAuth({ name, token, scheme = "Bearer" }: BearerTokenAuthOptions): Extension {
  const variable = secretVariable(token, "bearer_token", name);
  return {
    role: "extension",
    type: "bearertokenauth",
    ...(name !== undefined && { name }),
    config: { scheme, token: variable.reference },
    needs: { env: variable.env },
  };
}
