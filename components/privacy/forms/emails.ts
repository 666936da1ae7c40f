import type { Form } from "../form";

/** Addresses of a domain with a dot: `react@18.2.0` and `@opentelemetry/api` are none. */
export const emails: readonly Form[] = [
  {
    rule: "emails",
    pattern: String.raw`[0-9A-Za-z._%+-]+@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}`,
    mask: "{email}",
    hints: [String.raw`@[0-9A-Za-z-]+\.`],
  },
];
