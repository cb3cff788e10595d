/** Words of pages that most visits do not open: they come with their page. */
export const LATER = {
  agent: {
    he: async () => (await import("./he/agent")).agent,
    en: async () => (await import("./en/agent")).agent,
  },
  calls: {
    he: async () => (await import("./he/calls")).calls,
    en: async () => (await import("./en/calls")).calls,
  },
  operator: {
    he: async () => (await import("./he/operator")).operator,
    en: async () => (await import("./en/operator")).operator,
  },
  professionals: {
    he: async () => (await import("./he/professionals")).professionals,
    en: async () => (await import("./en/professionals")).professionals,
  },
  reports: {
    he: async () => (await import("./he/reports")).reports,
    en: async () => (await import("./en/reports")).reports,
  },
  settings: {
    he: async () => (await import("./he/settings")).settings,
    en: async () => (await import("./en/settings")).settings,
  },
  visit: {
    he: async () => (await import("./he/visit")).visit,
    en: async () => (await import("./en/visit")).visit,
  },
  myDay: {
    he: async () => (await import("./he/myDay")).myDay,
    en: async () => (await import("./en/myDay")).myDay,
  },
  simulator: {
    he: async () => (await import("./he/simulator")).simulator,
    en: async () => (await import("./en/simulator")).simulator,
  },
};

export type Part = keyof typeof LATER;
