export const operator = { title: "" };
