const units = ["", "Ki", "Mi", "Gi", "Ti"] as const;

/** Bytes as the API server writes them: in the largest unit that divides them. Written otherwise, a refresh shows a change. */
export function bytes(amount: number): string {
  let [rest, unit] = [amount, 0];
  while (rest > 0 && rest % 1024 === 0 && unit < units.length - 1) [rest, unit] = [rest / 1024, unit + 1];
  return `${rest}${units[unit]!}`;
}

/** A share of CPUs as the API server writes it: whole ones, or else thousandths. */
export function cpus(share: number): string {
  const thousandths = Math.max(1, Math.round(share * 1_000));
  return thousandths % 1_000 === 0 ? String(thousandths / 1_000) : `${thousandths}m`;
}
