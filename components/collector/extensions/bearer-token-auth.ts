import type { AbsolutePath, Secret } from "../../core/workload";
import type { Extension } from "../part";
import { secretVariable } from "../secrets";

export type BearerTokenAuthOptions = {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** @default "Bearer" */
  readonly scheme?: string;
} & (
  | {
      /** The token, without its scheme, that an exporter shows. */
      readonly token: Secret;
    }
  | {
      /**
       * Text of a file with a token in each line, without its scheme: a receiver takes any of them. What follows a token in
       * its line says whose it is, and is not read. A file that changes in its place, as those of a Kubernetes Secret do, is
       * read again without a restart.
       */
      readonly tokens: Secret;
    }
);

/**
 * A token in the header `Authorization`: a receiver asks for it, an exporter shows it. Which of several tokens was shown is
 * told to nobody behind the receiver.
 *
 * Source: extension/bearertokenauthextension of the Collector's contrib repository.
 */
export function bearerTokenAuth({ name, scheme = "Bearer", ...options }: BearerTokenAuthOptions): Extension {
  const part = { role: "extension", type: "bearertokenauth", ...(name !== undefined && { name }) } as const;
  if ("token" in options) {
    const variable = secretVariable(options.token, "bearer_token", name);
    return { ...part, config: { scheme, token: variable.reference }, needs: { env: variable.env } };
  }
  const filename: AbsolutePath = `/etc/otelcol-contrib/tokens${name === undefined ? "" : `-${name}`}`;
  return { ...part, config: { scheme, filename }, needs: { files: { [filename]: options.tokens } } };
}
