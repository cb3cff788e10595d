import type { he } from "@/i18n/he";
import type { Shape } from "@/i18n/shape";
import { account } from "./account";
import { calendar } from "./calendar";
import { common } from "./common";
import { inbox } from "./inbox";
import { leads } from "./leads";
import { refusals } from "./refusals";
import { today } from "./today";
import { words } from "./words";

export const en: Shape<typeof he> = {
  ...common,
  ...account,
  refusals,
  words,
  calendar,
  inbox,
  leads,
  today,
};
