import { CalendarSync, ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Professional, useProfessionals } from "@/domain/professionals";
import { useAddress } from "@/lib/address";
import { useNow, useWhen } from "@/lib/clock";
import { useNarrow } from "@/lib/narrow";
import { addDays, instantOf, sayDay, wallOf } from "@/lib/time";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Chips";
import { Field, Select } from "@/ui/Field";
import { Failed, Page } from "@/ui/Page";
import { type Booking, type Calendar, useCalendar } from "./api";
import type { GridColumn } from "./columns";
import { Grid } from "./Grid";
import { weekOf } from "./layout";
import { NewVisitPanel, type Slot } from "./NewVisitPanel";
import { ReplanPanel } from "./replan/ReplanPanel";
import { VisitPanel } from "./VisitPanel";

type Mode = "day" | "week";
const NOBODY: Professional[] = [];
const EMPTY: Calendar = { zone: "", bookings: [], rests: [] };
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Visits by day or week, of one professional or all. They are dragged, made longer, and made. */
export function CalendarPage() {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const narrow = useNarrow();
  const mayWrite = useMay("agent");
  const [query, set] = useAddress();
  const { data: everybody = NOBODY } = useProfessionals();
  const [opened, setOpened] = useState<Booking | null>(null);
  const [slot, setSlot] = useState<Slot | null>(null);

  const asked = query.get("date") ?? "";
  const date = DATE.test(asked) ? asked : today;
  const mode: Mode = query.get("mode") === "day" || narrow ? "day" : "week";
  const chosen = Number(query.get("professional")) || null;
  const active = useMemo(() => everybody.filter((one) => one.active), [everybody]);

  const first = mode === "week" ? weekOf(date) : date;
  const days = mode === "week" ? 7 : 1;
  const start = instantOf(first, 0, zone).toISOString();
  const end = instantOf(addDays(first, days), 0, zone).toISOString();
  const calendar = useCalendar(start, end, chosen);

  const replanned = everybody.find((one) => mayWrite && one.id === Number(query.get("replan"))) ?? null;
  const replan = (professional: Professional, day: string) =>
    set({ date: day, replan: String(professional.id) });

  const { bookings } = calendar.data ?? EMPTY;
  const columns = useMemo<GridColumn[]>(() => {
    const one = everybody.find((professional) => professional.id === chosen) ?? null;
    if (mode === "week" || chosen || narrow) {
      return Array.from({ length: days }, (_, day) => {
        const on = addDays(first, day);
        return {
          key: on,
          date: on,
          professional: one,
          title: sayDay(on, { today, language }),
          today: on === today,
        };
      });
    }
    // Whoever is no longer active is shown on the days on which they still have visits.
    const busy = new Set(bookings.map((booking) => booking.professional_id));
    const shown = everybody.filter((professional) => professional.active || busy.has(professional.id));
    return shown.map((professional) => ({
      key: String(professional.id),
      date,
      professional,
      title: professional.name,
      today: date === today,
    }));
  }, [everybody, bookings, chosen, mode, narrow, days, first, date, today, language]);

  const [only, second] = columns;
  const plannable = mayWrite && only && !second && only.date >= today ? only.professional : null;
  const range =
    mode === "week"
      ? `${sayDay(first, { today, language })} – ${sayDay(addDays(first, 6), { today, language })}`
      : sayDay(date, { today, language });

  return (
    <Page
      full
      title={t("calendar.title")}
      tools={
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="icon"
            aria-label={t("common.previous")}
            onClick={() => set({ date: addDays(date, -days) })}
          >
            <ChevronRight className="size-4 ltr:-scale-x-100" />
          </Button>
          <Button onClick={() => set({ date: null })}>{t("calendar.today")}</Button>
          <Button
            size="icon"
            aria-label={t("common.next")}
            onClick={() => set({ date: addDays(date, days) })}
          >
            <ChevronLeft className="size-4 ltr:-scale-x-100" />
          </Button>
          <h2 className="text-lg font-medium tabular-nums">{range}</h2>
          <div className="ms-auto flex flex-wrap gap-2">
            {plannable ? (
              <Button onClick={() => replan(plannable, date)}>
                <CalendarSync className="size-4" />
                {t("calendar.replan.action")}
              </Button>
            ) : null}
            <Field label={t("words.field.professional")} silent>
              <Select
                value={chosen ?? ""}
                onChange={(event) => set({ professional: event.target.value || null })}
                className="w-44"
              >
                <option value="">{t("calendar.everybody")}</option>
                {active.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            </Field>
            {narrow ? null : (
              <Segments<Mode>
                label={t("calendar.mode")}
                value={mode}
                onChange={(next) => set({ mode: next === "day" ? "day" : null })}
                options={[
                  { value: "day", label: t("calendar.day") },
                  { value: "week", label: t("calendar.week") },
                ]}
              />
            )}
          </div>
        </div>
      }
    >
      {calendar.isError && !calendar.data ? (
        <Failed error={calendar.error} retry={() => void calendar.refetch()} />
      ) : (
        <Grid
          columns={columns}
          calendar={calendar.data ?? EMPTY}
          loading={calendar.isPending}
          mayWrite={mayWrite}
          onOpen={setOpened}
          onSlot={setSlot}
          onReplan={replan}
        />
      )}
      {opened ? <VisitPanel booking={opened} professionals={active} onClose={() => setOpened(null)} /> : null}
      {slot ? <NewVisitPanel slot={slot} professionals={active} onClose={() => setSlot(null)} /> : null}
      {replanned ? (
        <ReplanPanel professional={replanned} date={date} onClose={() => set({ replan: null })} />
      ) : null}
    </Page>
  );
}
