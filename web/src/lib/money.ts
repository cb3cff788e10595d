export const sayShekels = (agorot: number) =>
  `₪${(agorot / 100).toLocaleString("en-US", { minimumFractionDigits: agorot % 100 ? 2 : 0 })}`;
