export const professionals = { title: "" };
