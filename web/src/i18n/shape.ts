/** The same names with any words: what English must have because Hebrew has it. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
