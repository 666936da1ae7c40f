/** Whole bytes, rounded up; what lies beyond twelve digits is noise of the arithmetic. */
export const whole = (bytes: number): number => Math.ceil(Number(bytes.toPrecision(12)));
