import type { Context } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace";
import { withoutLiterals, withoutSecrets, withoutValues } from "./secrets";

const rewrites: Readonly<Record<string, (text: string) => string>> = {
  "url.full": withoutSecrets,
  "url.query": withoutValues,
  "http.url": withoutSecrets,
  "http.target": withoutSecrets,
  "db.query.text": withoutLiterals,
  "db.statement": withoutLiterals,
};

/** Takes out of ended spans what nobody should find in a trace, before they are handed on. */
export class Redacting implements SpanProcessor {
  constructor(private readonly next: SpanProcessor) {}

  onStart(span: Span, parent: Context): void {
    this.next.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    for (const [key, rewrite] of Object.entries(rewrites)) {
      const value = span.attributes[key];
      if (typeof value === "string") span.attributes[key] = rewrite(value);
    }
    this.next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.next.shutdown();
  }
}
