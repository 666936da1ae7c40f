/** Three numbers: `"0.158.0"`. */
export type Version = `${number}.${number}.${number}`;

const pattern = /^\d+\.\d+\.\d+$/;

/** Whether a text is a {@link Version}. A leading `v`, as some tags have, is not part of a version. */
export const isVersion = (text: string): text is Version => pattern.test(text);

/** Whether `version` is `floor` or newer. */
export function atLeast(version: Version, floor: Version): boolean {
  const [a, b] = [version, floor].map((v) => v.split(".").map(Number)) as [number[], number[]];
  const first = a.findIndex((number, i) => number !== b[i]);
  return first === -1 || a[first]! > b[first]!;
}
