export const settings = { title: "" };
