export const agent = { title: "" };
