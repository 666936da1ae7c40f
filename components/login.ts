import * as pulumi from "@pulumi/pulumi";
import type { Login } from "./core/login";

/**
 * A login for programs that ask who is there.
 *
 * @param bcrypt hash of the password, as `bcryptHash` of a `RandomPassword`
 * @example
 * const made = new random.RandomPassword("stores", { length: 32, special: false });
 * const login = loginOf("sightline", made.result, made.bcryptHash);
 */
export const loginOf = (username: string, password: pulumi.Input<string>, bcrypt: pulumi.Input<string>): Login => ({
  username,
  password: { secret: password },
  header: { secret: pulumi.output(password).apply((known) => basic(username, known)) },
  webConfig: { secret: pulumi.output(bcrypt).apply((hash) => webConfig(username, hash)) },
});

/** The header `authorization`. Source: RFC 7617. */
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** Source: docs/web-configuration.md of Prometheus's exporter-toolkit. */
export const webConfig = (username: string, bcrypt: string): string =>
  `basic_auth_users:\n  ${username}: "${bcrypt}"\n`;
