import type { he } from "../he";
import type { Shape } from "../shape";
import { account } from "./account";
import { agent } from "./agent";
import { calendar } from "./calendar";
import { common } from "./common";
import { inbox } from "./inbox";
import { leads } from "./leads";
import { myDay } from "./myDay";
import { operator } from "./operator";
import { professionals } from "./professionals";
import { refusals } from "./refusals";
import { reports } from "./reports";
import { settings } from "./settings";
import { simulator } from "./simulator";
import { today } from "./today";
import { visit } from "./visit";
import { words } from "./words";

export const en: Shape<typeof he> = {
  ...common,
  ...account,
  refusals,
  words,
  agent,
  calendar,
  inbox,
  leads,
  myDay,
  operator,
  professionals,
  reports,
  settings,
  simulator,
  today,
  visit,
};
