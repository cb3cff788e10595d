export const sayShekels = (agorot: number) =>
  `₪${(agorot / 100).toLocaleString("en-US", { minimumFractionDigits: agorot % 100 ? 2 : 0 })}`;

/** Millionths of a dollar; what is less than a cent keeps the digits that tell it from nothing. */
export function sayDollars(micros: number): string {
  const dollars = micros / 1_000_000;
  return `$${dollars.toFixed(dollars === 0 || dollars >= 0.1 ? 2 : 4)}`;
}
