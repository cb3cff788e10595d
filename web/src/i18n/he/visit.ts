export const visit = { title: "" };
