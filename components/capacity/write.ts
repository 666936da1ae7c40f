const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Bytes for people: three digits, in the unit that leaves the fewest. */
export function inUnits(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${short(bytes / 1024 ** power)} ${units[power]}`;
}

/** A number for people: at least three digits of it, thousands apart. */
export const short = (value: number): string => {
  const decimals = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: decimals });
};

/** A share as a signed percentage. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${short(Math.abs(rounded))} %`;
}
