import * as check from "../checks";
import type { Processor, Signal } from "../part";
import { renderAction, type AttributeAction } from "./attribute-action";

export interface ResourceOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Changes, made one after the other. */
  readonly attributes: readonly [AttributeAction, ...AttributeAction[]];
}

/**
 * Changes attributes of the resource: who sent it.
 *
 * Source: processor/resourceprocessor of the Collector's contrib repository.
 */
export const resource = ({ name, attributes }: ResourceOptions): Processor<Signal> => ({
  role: "processor",
  type: "resource",
  stage: "label",
  ...(name !== undefined && { name }),
  carries: { traces: true, metrics: true, logs: true },
  config: { attributes: attributes.map(renderAction) },
  problems: check.some("attributes", attributes, "write what to change"),
});
