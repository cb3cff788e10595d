export const today = { title: "" };
