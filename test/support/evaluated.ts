import { shownIn } from "./cluster-login";
import { serviceUrl } from "./cluster";

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What the Prometheus of a stack on the test cluster answers to a query now. */
export async function evaluated(namespace: string, query: string): Promise<readonly Sample[]> {
  const url = `${await serviceUrl("prometheus", namespace, 9090)}/api/v1/query?query=${encodeURIComponent(query)}`;
  const answer = await fetch(url, { headers: await shownIn(namespace) });
  if (!answer.ok) throw new Error(`Prometheus answers ${answer.status} to ${query}: ${await answer.text()}`);
  const { data } = (await answer.json()) as {
    data: { result: readonly { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
}
