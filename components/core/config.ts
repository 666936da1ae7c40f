import { stringify } from "yaml";

/** Configuration as data, before it becomes text. Keys that are undefined are left out. */
export type Config = { readonly [key: string]: Value };
export type Value = string | number | boolean | null | undefined | readonly Value[] | Config;

/**
 * The one place where configuration becomes YAML. Keys keep the order in which they were written, lines are never
 * folded, and the same data always gives the same bytes.
 */
export const yaml = (config: Config): string => stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });

/** The one place where configuration becomes JSON. */
export const json = (config: Config): string => `${JSON.stringify(config, null, 2)}\n`;
