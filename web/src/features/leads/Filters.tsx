import { ListFilter } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useProfessionals } from "@/domain/professionals";
import { STATUSES } from "@/domain/stages";
import { useTradeChoices, useTradeName } from "@/domain/trades";
import { useNow, useWhen } from "@/lib/clock";
import { addDays, sayDay, wallOf } from "@/lib/time";
import { Button } from "@/ui/Button";
import { FilterChip } from "@/ui/Chips";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { type Filter, URGENCIES, useFilter } from "./api";
import { SaveView } from "./views/SaveView";

const PRESETS = [1, 7, 30] as const;

export function FilterMenu() {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const [filter, change] = useFilter();
  const { data: professionals = [] } = useProfessionals();
  const tradeName = useTradeName();
  const done = professionals.flatMap(({ trades }) => trades);
  const offered = (useTradeChoices(done) ?? []).filter(({ key }) => done.includes(key));
  return (
    <Menu
      align="start"
      trigger={
        <Button>
          <ListFilter className="size-4" />
          {t("leads.filter")}
        </Button>
      }
    >
      <MenuItem onSelect={() => change({ attention: !filter.attention })}>{t("leads.needsPerson")}</MenuItem>
      <MenuLine />
      <MenuLabel>{t("leads.openedIn")}</MenuLabel>
      {PRESETS.map((days) => (
        <MenuItem key={days} onSelect={() => change({ from: addDays(today, 1 - days), to: null })}>
          {days === 1 ? t("leads.openedToday") : t("leads.openedDays", { count: days })}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuLabel>{t("words.field.status")}</MenuLabel>
      {STATUSES.map((status) => (
        <DropdownMenu.CheckboxItem
          key={status}
          checked={filter.status.includes(status)}
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={(on) =>
            change({
              status: on ? [...filter.status, status] : filter.status.filter((one) => one !== status),
            })
          }
          className="flex cursor-pointer items-center gap-2 rounded-control px-2.5 py-1.5 outline-none data-[highlighted]:bg-grey-soft data-[state=checked]:font-bold data-[state=checked]:text-accent-text"
        >
          {t(`words.status.${status}`)}
        </DropdownMenu.CheckboxItem>
      ))}
      <MenuLine />
      <MenuLabel>{t("words.field.urgency")}</MenuLabel>
      {URGENCIES.map((urgency) => (
        <MenuItem key={urgency} onSelect={() => change({ urgency })}>
          {t(`words.urgency.${urgency}`)}
        </MenuItem>
      ))}
      {offered.length > 1 ? (
        <>
          <MenuLine />
          <MenuLabel>{t("words.field.trade")}</MenuLabel>
          {offered.map((trade) => (
            <MenuItem key={trade.key} onSelect={() => change({ trade: trade.key })}>
              {tradeName(trade.key)}
            </MenuItem>
          ))}
        </>
      ) : null}
      <MenuLine />
      <MenuLabel>{t("words.field.professional")}</MenuLabel>
      {professionals.map((one) => (
        <MenuItem key={one.id} onSelect={() => change({ professional_id: one.id })}>
          {one.name}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** The filters that are on; each is removed by its own button, and all together are kept as a view. */
export function FilterChips() {
  const { t } = useTranslation();
  const [filter, change] = useFilter();
  const { data: professionals = [] } = useProfessionals();
  const tradeName = useTradeName();
  const opened = useOpenedWords();
  const chips = [
    ...filter.status.map((status) => ({
      key: `status-${status}`,
      words: t(`words.status.${status}`),
      remove: () => change({ status: filter.status.filter((one) => one !== status) }),
    })),
    filter.attention && {
      key: "attention",
      words: t("leads.needsPerson"),
      remove: () => change({ attention: false }),
    },
    (filter.from || filter.to) && {
      key: "opened",
      words: opened(filter),
      remove: () => change({ from: null, to: null }),
    },
    filter.urgency && {
      key: "urgency",
      words: t(`words.urgency.${filter.urgency}`),
      remove: () => change({ urgency: null }),
    },
    filter.trade && { key: "trade", words: tradeName(filter.trade), remove: () => change({ trade: null }) },
    filter.professional_id && {
      key: "professional",
      words: professionals.find((one) => one.id === filter.professional_id)?.name ?? "",
      remove: () => change({ professional_id: null }),
    },
  ].filter((chip) => chip !== false && chip !== null && chip !== 0 && chip !== "");
  return (
    <div className="flex w-full flex-wrap items-center gap-2 empty:hidden">
      {chips.map((chip) => (
        <FilterChip key={chip.key} onRemove={chip.remove}>
          {chip.words}
        </FilterChip>
      ))}
      <SaveView />
    </div>
  );
}

/** "נפתחו 1.11 – 21.11". */
function useOpenedWords(): (days: Pick<Filter, "from" | "to">) => string {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const say = (date: string) => sayDay(date, { today, language });
  return ({ from, to }) => {
    if (from && to)
      return from === to
        ? t("leads.openedOn", { day: say(from) })
        : t("leads.openedBetween", { from: say(from), to: say(to) });
    return from ? t("leads.openedFrom", { day: say(from) }) : t("leads.openedTo", { day: say(to ?? today) });
  };
}
