/** Whether `1.2.3` lies in a range as instrumentations write them: `>=1.0.0 <3`, `^2.0.0`, `*`, joined by `||`. */
export const satisfies = (version: string, range: string): boolean =>
  range.split("||").some((alternative) =>
    alternative
      .trim()
      .split(/\s+/)
      .every((comparator) => holds(numbers(version), comparator)),
  );

function holds(version: readonly number[], comparator: string): boolean {
  const [, operator = "", text = ""] = /^(>=|<=|>|<|=|\^|~)?(.*)$/.exec(comparator) ?? [];
  if (text === "" || text === "*" || text === "x") return true;
  const bound = numbers(text);
  const order = compare(version, bound);
  switch (operator) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "^":
      return order >= 0 && version[0] === bound[0];
    case "~":
      return order >= 0 && version[0] === bound[0] && version[1] === bound[1];
    default:
      return order === 0;
  }
}

const numbers = (version: string): number[] =>
  version
    .split("-")[0]!
    .split(".")
    .map((part) => Number(part) || 0);

const compare = (a: readonly number[], b: readonly number[]): number =>
  [0, 1, 2].map((i) => (a[i] ?? 0) - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
