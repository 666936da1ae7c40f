import { keyOf, uses, type Dependency } from "./dependency";

/**
 * Each version once, with all ways it comes in by, and the use that asks most of its licence; by name and version. Where
 * two say another licence of one version, it is there with each of them.
 */
export function eachOnce(dependencies: readonly Dependency[]): Dependency[] {
  const strictest = Object.keys(uses);
  const all = new Map<string, Dependency>();
  for (const dependency of dependencies) {
    const key = `${keyOf(dependency)} ${dependency.licence}`;
    const known = all.get(key);
    const [use] = [known?.use ?? dependency.use, dependency.use].sort(
      (a, b) => strictest.indexOf(a) - strictest.indexOf(b),
    );
    const through = [...new Set([...(known?.through ?? []), ...dependency.through])];
    all.set(key, { ...dependency, use: use!, through });
  }
  return [...all.values()].sort((a, b) => byText(a.name, b.name) || byText(a.version, b.version));
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
