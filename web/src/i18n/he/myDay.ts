export const myDay = { title: "" };
