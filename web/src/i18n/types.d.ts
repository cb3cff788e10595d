import "i18next";
import type { he } from "./he";
import type { agent } from "./he/agent";
import type { calls } from "./he/calls";
import type { myDay } from "./he/myDay";
import type { operator } from "./he/operator";
import type { professionals } from "./he/professionals";
import type { reports } from "./he/reports";
import type { settings } from "./he/settings";
import type { simulator } from "./he/simulator";
import type { visit } from "./he/visit";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: typeof he & {
        agent: typeof agent;
        calls: typeof calls;
        operator: typeof operator;
        professionals: typeof professionals;
        reports: typeof reports;
        settings: typeof settings;
        visit: typeof visit;
        myDay: typeof myDay;
        simulator: typeof simulator;
      };
    };
  }
}
