export const calendar = { title: "" };
