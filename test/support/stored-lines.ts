import { loginHeaders } from "./login";

/**
 * What VictoriaLogs answers to a query in LogsQL, a line each. It shows a line up to some seconds after it has acknowledged it,
 * so it is told first to show all it has.
 *
 * @throws Error where it does not answer, or refuses
 */
export async function askStoredLines(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = loginHeaders,
): Promise<string[]> {
  await answerOf(`${url}/internal/force_flush`, headers);
  const answer = await answerOf(`${url}/select/logsql/query?${new URLSearchParams({ query })}`, headers);
  return answer.split("\n").filter(Boolean);
}

async function answerOf(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return text;
}

/** How many different lines of a service it has, by their hashes: one that came twice counts once. */
export async function countStoredLines(
  url: string,
  service: string,
  headers?: Readonly<Record<string, string>>,
): Promise<number> {
  const query = `{service.name="${service}"} | stats count_uniq_hash(_msg) lines`;
  const [line = "{}"] = await askStoredLines(url, query, headers);
  return Number((JSON.parse(line) as { lines: string }).lines);
}
