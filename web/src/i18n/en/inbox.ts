export const inbox = { title: "" };
