export const simulator = { title: "" };
