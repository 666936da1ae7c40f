/** A text as OTTL has it: backslashes and quotes in it are escaped. */
export const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/**
 * Levels of lists and maps that become names of attributes, for `flatten`; what is deeper becomes one text. Each name holds all
 * levels above it, so that 60,000 of them, half a megabyte on the wire, took 1.5 GiB.
 */
export const deepest = 16;
