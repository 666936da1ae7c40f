import { basic, webConfig } from "../../components/login";
import type { Login } from "../../components/core/login";
import { describedSecrets } from "../../stacks/observability";

const username = "sightline";
const password = "openSesame0123456789openSesame012";
/** Of this password, of cost 10 as `bcryptHash` of a RandomPassword. */
const bcrypt = "$2a$10$abcdefghijklmnopqrstuuIzIruYv3trPwhUNGDv6cZWVuRDq5iba";

/** What a stack on this machine asks for. */
export const testLogin: Login = {
  username,
  password: { secret: password },
  header: { secret: basic(username, password) },
  webConfig: { secret: webConfig(username, bcrypt) },
};

/** Headers by which stores know it. */
export const loginHeaders = { authorization: basic(username, password) };

/** As `verify` takes it. */
export const storesUser = { user: username, password };

/** What a description has in place of each secret. */
export const secretTexts: readonly string[] = JSON.stringify(describedSecrets)
  .match(/<[^>]+>/g)!
  .map(String);
