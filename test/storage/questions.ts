import type { Answer, Search } from "../../components/storage/storage";
import { took, type Probe } from "./probe";

/** What one question got, and what was said where that is a refusal. */
export interface Given {
  readonly answer: Answer;
  readonly said?: string;
}

/** Searches of Jaeger's own page; `/api/v3` knows no attributes. Both have a time range of a few seconds. */
type Asked = { readonly service: string } & Readonly<Record<string, string>>;

const minDuration = `${took - 100}ms`;
const tags = (key: string, value: string) => JSON.stringify({ [key]: value });

/** Each question of {@link Search}, as it is asked for a probe. */
export const questions = {
  failure: ({ service }) => ({ service, tags: tags("error", "true") }),
  attribute: ({ service, needle }) => ({ service, tags: tags("exam.needle", needle) }),
  eventAttribute: ({ service, needle }) => ({ service, tags: tags("exam.event", `event-${needle}`) }),
  duration: ({ service }) => ({ service, minDuration }),
  attributeAndDuration: ({ service, needle }) => ({ service, minDuration, tags: tags("exam.needle", needle) }),
} satisfies Partial<Record<keyof Search, (probe: Probe) => Asked>>;

/** Questions every storage answers. */
export const always = {
  service: ({ service }) => ({ service }),
  operation: ({ service, operation }) => ({ service, operation }),
  "attribute of a resource": ({ service, needle }) => ({ service, tags: tags("exam.resource", `resource-${needle}`) }),
} satisfies Record<string, (probe: Probe) => Asked>;

export const longAttribute = ({ service, longText }: Probe): Asked => ({ service, tags: tags("exam.long", longText) });

/** What would be wrong to find: the same service, operation and time, but another value. */
export const another = ({ service, needle }: Probe): Asked => ({ service, tags: tags("exam.needle", `${needle}x`) });

/** Asks Jaeger for traces, and looks whether the probe is among them. */
export async function ask(jaeger: string, { traceId, at }: Probe, asked: Asked): Promise<Given> {
  const range = { start: String((at - 2_000) * 1_000), end: String((at + 2_000) * 1_000), limit: "20" };
  const { status, text } = await get(`${jaeger}/api/traces?${new URLSearchParams({ ...asked, ...range }).toString()}`);
  return given(status, text, traceId);
}

/** Asks for all traces of a time, of any service. */
export async function askWithoutService(jaeger: string, { traceId, at }: Probe): Promise<Given> {
  const query = {
    "query.start_time_min": new Date(at - 2_000).toISOString(),
    "query.start_time_max": new Date(at + 2_000).toISOString(),
    "query.num_traces": "20",
  };
  const { status, text } = await get(`${jaeger}/api/v3/traces?${new URLSearchParams(query).toString()}`);
  return given(status, text, traceId);
}

/** Who calls whom at the time of a probe, as Jaeger knows it: `parent>child`. */
export async function dependencies(jaeger: string, { at }: Probe): Promise<string[]> {
  const { text } = await get(`${jaeger}/api/dependencies?endTs=${at + 2_000}&lookback=4000`);
  const { data } = JSON.parse(text) as { data: readonly { parent: string; child: string }[] | null };
  return (data ?? []).map(({ parent, child }) => `${parent}>${child}`);
}

async function get(url: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  return { status: answer.status, text: await answer.text() };
}

const given = (status: number, text: string, traceId: string): Given =>
  status === 404 || (status === 200 && !text.includes(traceId))
    ? { answer: "nothing" }
    : status === 200
      ? { answer: "found" }
      : { answer: "refused", said: text.slice(0, 300) };
