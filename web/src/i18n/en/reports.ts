export const reports = { title: "" };
