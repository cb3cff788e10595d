/** Whether both say the same, lists and groups by what is in them. */
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
