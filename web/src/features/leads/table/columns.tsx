import { columnVisibilityFeature, createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { recall, remember } from "@/lib/store";
import { useMay } from "@/session/business";
import { Phone, When, Words } from "@/ui/Said";
import { type Lead, type Order, useFilter } from "../api";
import { Attention, StageBadge } from "../parts";
import { EditableCell } from "./EditableCell";
import { ProfessionalCell } from "./ProfessionalCell";
import { StageCell } from "./StageCell";

export const features = tableFeatures({ columnVisibilityFeature });
const column = createColumnHelper<typeof features, Lead>();

/** What each column is called, and how wide it is. */
export const COLUMNS = {
  customer: { words: "words.field.customer_name", width: "minmax(130px,1.1fr)" },
  phone: { words: "words.field.phone", width: "140px" },
  status: { words: "words.field.status", width: "152px" },
  trade: { words: "words.field.trade", width: "minmax(90px,0.7fr)" },
  description: { words: "words.field.description", width: "minmax(150px,2.4fr)" },
  place: { words: "words.field.locality", width: "minmax(112px,0.9fr)" },
  urgency: { words: "words.field.urgency", width: "100px" },
  professional: { words: "words.field.professional", width: "minmax(96px,0.8fr)" },
  changed: { words: "words.field.changed_at", width: "132px" },
  created: { words: "words.field.created_at", width: "132px" },
} as const;
export type Column = keyof typeof COLUMNS;

const HIDDEN_AT_FIRST = { created: false, urgency: false };

function storedColumns(): Record<string, boolean> {
  try {
    return { ...HIDDEN_AT_FIRST, ...(JSON.parse(recall("columns") ?? "{}") as Record<string, boolean>) };
  } catch {
    return HIDDEN_AT_FIRST;
  }
}

/** Which columns are shown, as this browser remembers it. */
export function useVisibleColumns() {
  const [visible, setVisible] = useState(storedColumns);
  const change = (
    update: Record<string, boolean> | ((now: Record<string, boolean>) => Record<string, boolean>),
  ) =>
    setVisible((now) => {
      const next = typeof update === "function" ? update(now) : update;
      remember("columns", JSON.stringify(next));
      return next;
    });
  return [visible, change] as const;
}

/** What of a lead stands in each column; whoever may, changes it there. */
export function useColumns() {
  const { t } = useTranslation();
  const mayEdit = useMay("agent");
  const tradeName = useTradeName();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "customer",
          header: () => t(COLUMNS.customer.words),
          cell: ({ row: { original: lead } }) => (
            <span className="flex min-w-0 items-center gap-2">
              <Attention reason={lead.attention} brief />
              <Words className="truncate font-medium">{lead.customer_name ?? t("leads.nameless")}</Words>
            </span>
          ),
        }),
        column.display({
          id: "phone",
          header: () => t(COLUMNS.phone.words),
          cell: ({ row: { original: lead } }) => (lead.phone ? <Phone e164={lead.phone} /> : null),
        }),
        column.display({
          id: "status",
          header: () => t(COLUMNS.status.words),
          cell: ({ row: { original: lead } }) =>
            mayEdit ? <StageCell lead={lead} /> : <StageBadge lead={lead} />,
        }),
        column.display({
          id: "trade",
          header: () => t(COLUMNS.trade.words),
          cell: ({ row: { original: lead } }) => tradeName(lead.trade),
        }),
        column.display({
          id: "description",
          header: () => t(COLUMNS.description.words),
          cell: ({ row: { original: lead } }) => (
            <EditableCell lead={lead} field="description" disabled={!mayEdit} />
          ),
        }),
        column.display({
          id: "place",
          header: () => t(COLUMNS.place.words),
          cell: ({ row: { original: lead } }) => (
            <EditableCell lead={lead} field="locality" disabled={!mayEdit} />
          ),
        }),
        column.display({
          id: "urgency",
          header: () => t(COLUMNS.urgency.words),
          cell: ({ row: { original: lead } }) => <UrgencyBadge urgency={lead.urgency} />,
        }),
        column.display({
          id: "professional",
          header: () => t(COLUMNS.professional.words),
          cell: ({ row: { original: lead } }) =>
            mayEdit ? <ProfessionalCell lead={lead} /> : lead.professional,
        }),
        column.display({
          id: "changed",
          header: () => <SortHead order="-changed" words={t(COLUMNS.changed.words)} />,
          cell: ({ row: { original: lead } }) => <When at={lead.changed_at} className="text-ink-soft" />,
        }),
        column.display({
          id: "created",
          header: () => <SortHead order="-created" words={t(COLUMNS.created.words)} />,
          cell: ({ row: { original: lead } }) => <When at={lead.created_at} className="text-ink-soft" />,
        }),
      ]),
    [t, tradeName, mayEdit],
  );
}

export function sortOf(column: string, order: Order): "ascending" | "descending" | undefined {
  if (column === "changed" && order === "-changed") return "descending";
  if (column !== "created") return undefined;
  return order === "-created" ? "descending" : order === "created" ? "ascending" : undefined;
}

/** A head that sorts; a second press on the day of opening turns it around. */
function SortHead({ order, words }: { order: "-changed" | "-created"; words: string }) {
  const [filter, change] = useFilter();
  const direction = sortOf(order.slice(1), filter.order);
  const next: Order = order === "-created" && filter.order === "-created" ? "created" : order;
  return (
    <button
      type="button"
      className="flex items-center gap-1 hover:text-ink"
      onClick={() => change({ order: next })}
    >
      {words}
      {direction === "ascending" ? <ArrowUp className="size-3.5" /> : null}
      {direction === "descending" ? <ArrowDown className="size-3.5" /> : null}
    </button>
  );
}
