import { ListFilter } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNow, useWhen } from "@/lib/clock";
import { addDays, sayDay, wallOf } from "@/lib/time";
import { Button } from "@/ui/Button";
import { FilterChip } from "@/ui/Chips";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { useFilter } from "./api";
import { DIRECTIONS, type Filter, OUTCOMES } from "./filter";

const PRESETS = [1, 7, 30] as const;

export function FilterMenu() {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const [, change] = useFilter();
  return (
    <Menu
      align="start"
      trigger={
        <Button>
          <ListFilter className="size-4" />
          {t("calls.filter")}
        </Button>
      }
    >
      {DIRECTIONS.map((direction) => (
        <MenuItem key={direction} onSelect={() => change({ direction })}>
          {t(`words.call.${direction}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuLabel>{t("calls.how")}</MenuLabel>
      {OUTCOMES.map((outcome) => (
        <MenuItem key={outcome} onSelect={() => change({ outcome })}>
          {t(`words.call_outcome.${outcome}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuLabel>{t("calls.when")}</MenuLabel>
      {PRESETS.map((days) => (
        <MenuItem key={days} onSelect={() => change({ from: addDays(today, 1 - days), to: null })}>
          {days === 1 ? t("calls.today") : t("calls.days", { count: days })}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** The filters that are on; each is removed by its own button. */
export function FilterChips({ name }: { name: string }) {
  const { t } = useTranslation();
  const [filter, change] = useFilter();
  const daysWords = useDaysWords();
  const chips = [
    filter.direction && { words: t(`words.call.${filter.direction}`), off: { direction: null } },
    filter.outcome && { words: t(`words.call_outcome.${filter.outcome}`), off: { outcome: null } },
    filter.contact && {
      words: name ? t("calls.with", { name }) : t("calls.withOne"),
      off: { contact: null },
    },
    (filter.from || filter.to) && { words: daysWords(filter), off: { from: null, to: null } },
  ].filter((chip) => typeof chip === "object" && chip !== null);
  return (
    <div className="flex w-full flex-wrap items-center gap-2 empty:hidden">
      {chips.map(({ words, off }) => (
        <FilterChip key={words} onRemove={() => change(off)}>
          {words}
        </FilterChip>
      ))}
    </div>
  );
}

/** "מאז א׳ 1.11". */
function useDaysWords(): (days: Pick<Filter, "from" | "to">) => string {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const say = (date: string) => sayDay(date, { today, language });
  return ({ from, to }) => {
    if (!to) return t("calls.from", { day: say(from ?? today) });
    if (!from) return t("calls.to", { day: say(to) });
    return from === to
      ? t("calls.on", { day: say(from) })
      : t("calls.between", { from: say(from), to: say(to) });
  };
}
