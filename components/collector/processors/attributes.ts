import * as check from "../checks";
import type { Processor, Signal } from "../part";
import { renderAction, type AttributeAction } from "./attribute-action";

export interface AttributesOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Changes, made one after the other. */
  readonly actions: readonly [AttributeAction, ...AttributeAction[]];
}

/**
 * Changes attributes of spans, points and log records, of all of them. Where a condition decides, use transform.
 *
 * Source: processor/attributesprocessor of the Collector's contrib repository.
 */
export const attributes = ({ name, actions }: AttributesOptions): Processor<Signal> => ({
  role: "processor",
  type: "attributes",
  stage: "rewrite",
  ...(name !== undefined && { name }),
  carries: { traces: true, metrics: true, logs: true },
  config: { actions: actions.map(renderAction) },
  problems: check.some("actions", actions, "write what to change"),
});
