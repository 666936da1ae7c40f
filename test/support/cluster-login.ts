import { store } from "../../cli/verify";
import { kubectl } from "./cluster";

/** Headers by which the stores of a stack on the test cluster know who asks, from the Secret of its Prometheus. */
export async function shownIn(namespace: string): Promise<Readonly<Record<string, string>>> {
  const path = "jsonpath={.data.etc_prometheus_logins_sightline}";
  const held = await kubectl("get", "secret", "prometheus", "--namespace", namespace, "--output", path);
  const password = Buffer.from(held, "base64").toString();
  return store({ stores: { user: "sightline", password } }, "").headers ?? {};
}
