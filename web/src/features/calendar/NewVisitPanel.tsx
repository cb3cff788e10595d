import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { isOverLimit } from "@/lib/refusal";
import { useSettled } from "@/lib/settled";
import { sayMinute } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { useBook, useWaitingLeads } from "./api";
import { DAY } from "./columns";
import { VisitFields, type VisitValues } from "./VisitFields";
import { windowOf } from "./window";

/** A place in the calendar that was pointed at. */
export interface Slot {
  date: string;
  start: number;
  professionalId: number | null;
}

const FORM = "new-visit";
const USUAL = 60;

/** A visit for a request that waits, promised to both sides on the word of staff. */
export function NewVisitPanel({
  slot,
  professionals,
  onClose,
}: {
  slot: Slot;
  professionals: Professional[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const tradeName = useTradeName();
  const [typed, setTyped] = useState("");
  const [leadId, setLeadId] = useState<number | null>(null);
  const known = professionals.find((one) => one.id === slot.professionalId);
  const [values, setValues] = useState<VisitValues>({
    date: slot.date,
    start: sayMinute(slot.start),
    end: sayMinute((slot.start + (known?.visit_minutes ?? USUAL)) % DAY),
    professionalId: slot.professionalId ?? 0,
  });
  const waiting = useWaitingLeads(useSettled(typed, 250));
  const book = useBook();
  const anyway = isOverLimit(book.error) && book.variables?.professionalId === values.professionalId;

  const save = () => {
    if (leadId === null || !values.professionalId) return;
    book.mutate(
      { leadId, professionalId: values.professionalId, ...windowOf(values, zone), overLimit: anyway },
      {
        onSuccess: () => {
          say(t("calendar.booked"));
          onClose();
        },
      },
    );
  };

  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("calendar.new")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={book.isPending} disabled={leadId === null}>
            {anyway ? t("calendar.bookAnyway") : t("calendar.book")}
          </Button>
        </>
      }
    >
      <Form id={FORM} className="flex flex-col gap-4" onSend={save}>
        <Field label={t("calendar.forWhom")} hint={t("calendar.forWhomHint")}>
          <Input
            type="search"
            dir="auto"
            value={typed}
            placeholder={t("leads.search")}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <ul className="thin-scroll flex max-h-56 flex-col overflow-y-auto rounded-control border border-line">
          {waiting.data?.leads.map((lead) => (
            <li key={lead.id}>
              <button
                type="button"
                aria-pressed={lead.id === leadId}
                onClick={() => setLeadId(lead.id)}
                className={cn(
                  "block w-full border-b border-line px-3 py-2 text-start last:border-b-0 hover:bg-sunken",
                  lead.id === leadId && "bg-accent-soft text-accent-text hover:bg-accent-soft",
                )}
              >
                <span className="block truncate font-medium">
                  <Words>{lead.customer_name ?? lead.phone ?? t("leads.nameless")}</Words>
                </span>
                <span className={cn("block truncate text-sm", lead.id === leadId ? "" : "text-ink-soft")}>
                  {[tradeName(lead.trade), lead.locality, lead.description].filter(Boolean).join(" · ")}
                </span>
              </button>
            </li>
          ))}
          {waiting.data && !waiting.data.leads.length ? (
            <li className="p-3 text-ink-soft">{t("calendar.nobodyWaits")}</li>
          ) : null}
        </ul>
        <VisitFields values={values} onChange={setValues} professionals={professionals} />
        <Refused error={book.error} />
      </Form>
    </Panel>
  );
}
