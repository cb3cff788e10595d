export const leads = { title: "" };
