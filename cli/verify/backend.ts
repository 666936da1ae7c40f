import type { ZodType } from "zod";

/** Something that answers questions over HTTP: Jaeger, Prometheus, a store of logs, or Grafana in front of them. */
export interface Backend {
  /** `http://127.0.0.1:16686`; a path after it is kept. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One look for something that was sent. */
export interface Finding {
  readonly found: boolean;
  /** What was there, or what was there instead. */
  readonly saw: string;
  /** Why it may be missing, where that is already known. */
  readonly reason?: string;
}

/** A backend that answers with something else than 200, or not at all. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(
    message: string,
    /** HTTP status. @default - it did not answer at all */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** Longest time for one answer, in milliseconds. */
const patience = 10_000;

/**
 * Asks a backend once, and checks the shape of what it answers.
 *
 * @throws NoAnswer with what it answered instead
 */
export async function ask<T>(
  backend: Backend,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: ZodType<T>,
): Promise<T> {
  const { address, body } = await text(backend, path, query);
  const answer = schema.safeParse(parsed(body));
  if (!answer.success) throw new NoAnswer(`${address} answered something else: ${body.trim().slice(0, 200)}`);
  return answer.data;
}

/** Asks a backend that answers with a line of JSON for each thing it found. @throws NoAnswer as {@link ask} does */
export async function askLines<T>(
  backend: Backend,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: ZodType<T>,
): Promise<T[]> {
  const { address, body } = await text(backend, path, query);
  const lines = body.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const answer = schema.safeParse(parsed(line));
    if (!answer.success) throw new NoAnswer(`${address} answered something else: ${line.slice(0, 200)}`);
    return answer.data;
  });
}

async function text(
  { url, headers = {} }: Backend,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<{ readonly address: string; readonly body: string }> {
  const address = `${url.replace(/\/$/, "")}${path}`;
  const search = new URLSearchParams(query).toString();
  const response = await fetch(search === "" ? address : `${address}?${search}`, {
    headers,
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    throw new NoAnswer(`${address} does not answer: ${cause(error)}`);
  });
  const body = await response.text();
  if (!response.ok) {
    throw new NoAnswer(`${address} answered ${response.status}: ${body.trim().slice(0, 200)}`, response.status);
  }
  return { address, body };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** fetch says "fetch failed"; why stands in its cause. */
function cause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const why = error.cause;
  if (!(why instanceof Error)) return error.message;
  return "code" in why ? String(why.code) : why.message;
}
