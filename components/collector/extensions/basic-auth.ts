import type { AbsolutePath, Secret } from "../../core/workload";
import type { Extension } from "../part";
import { secretVariable } from "../secrets";

/** Either asks senders who they are, or says so to a receiver. */
export type BasicAuthOptions = {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
} & (
  | {
      readonly kind: "server";
      /** Lines of `user:hash`, as `htpasswd -B` writes them. */
      readonly htpasswd: Secret;
    }
  | { readonly kind: "client" | "server"; readonly username: string; readonly password: Secret }
);

/**
 * HTTP basic authentication.
 *
 * Source: extension/basicauthextension of the Collector's contrib repository.
 */
export function basicAuth(options: BasicAuthOptions): Extension {
  const { name } = options;
  const part = { role: "extension", type: "basicauth", ...(name !== undefined && { name }) } as const;
  if (options.kind === "client") {
    const password = variable(options.password, name);
    return {
      ...part,
      config: { client_auth: { username: options.username, password: password.reference } },
      needs: { env: password.env },
    };
  }
  if ("password" in options) {
    const password = variable(options.password, name);
    // Compared as it is, in constant time: a hash would be worked out again for each request.
    return {
      ...part,
      config: { htpasswd: { inline: `${options.username}:${password.reference}` } },
      needs: { env: password.env },
    };
  }
  const file: AbsolutePath = `/etc/otelcol-contrib/htpasswd${name === undefined ? "" : `-${name}`}`;
  return { ...part, config: { htpasswd: { file } }, needs: { files: { [file]: options.htpasswd } } };
}

const variable = (password: Secret, name: string | undefined) =>
  secretVariable(password, "basic_auth", name, "password");
