import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Inbox, Settings2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { cn } from "@/lib/cn";
import { useNarrow } from "@/lib/narrow";
import { recall, remember } from "@/lib/store";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { Phone, When, Words, WordsLine } from "@/ui/Said";
import { isFiltered, type Lead, type Order, useFilter, useLeads } from "./api";
import { ChooseAll, ChooseRow } from "./Choose";
import { type Choice, useChoice } from "./choosing";
import { EditableCell } from "./EditableCell";
import { ProfessionalCell } from "./ProfessionalCell";
import { Attention, StageBadge, UrgencyBadge } from "./parts";
import { StageCell } from "./StageCell";

const BulkBar = lazy(async () => ({ default: (await import("./BulkBar")).BulkBar }));

const features = tableFeatures({ columnVisibilityFeature });
const helper = createColumnHelper<typeof features, Lead>();
const ROW_PX = 48;
const COMPACT_PX = 72;
const CHOOSE_PX = 40;
const NO_LEADS: Lead[] = [];
const WIDTHS: Record<string, string> = {
  customer: "minmax(130px,1.1fr)",
  phone: "140px",
  status: "152px",
  trade: "minmax(90px,0.7fr)",
  description: "minmax(150px,2.4fr)",
  place: "minmax(112px,0.9fr)",
  urgency: "100px",
  professional: "minmax(96px,0.8fr)",
  changed: "132px",
  created: "132px",
};
const HIDDEN_AT_FIRST = { created: false, urgency: false };

function storedColumns(): Record<string, boolean> {
  try {
    return { ...HIDDEN_AT_FIRST, ...(JSON.parse(recall("columns") ?? "{}") as Record<string, boolean>) };
  } catch {
    return HIDDEN_AT_FIRST;
  }
}

/** Leads as rows; only those in sight are drawn, and more are fetched as the end comes near. */
export function LeadTable({ onOpen }: { onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const [filter] = useFilter();
  const leads = useLeads(filter);
  const mayEdit = useMay("agent");
  const tradeName = useTradeName();
  const [visible, setVisible] = useState(storedColumns);
  const rows = useMemo(() => leads.data?.pages.flatMap((page) => page.leads) ?? NO_LEADS, [leads.data]);
  const choice = useChoice(rows, JSON.stringify(filter));

  const columns = useMemo(
    () =>
      helper.columns([
        helper.display({
          id: "customer",
          header: () => t("words.field.customer_name"),
          cell: ({ row: { original: lead } }) => (
            <span className="flex min-w-0 items-center gap-2">
              <Attention reason={lead.attention} brief />
              <Words className="truncate font-medium">{lead.customer_name ?? t("leads.nameless")}</Words>
            </span>
          ),
        }),
        helper.display({
          id: "phone",
          header: () => t("words.field.phone"),
          cell: ({ row: { original: lead } }) => (lead.phone ? <Phone e164={lead.phone} /> : null),
        }),
        helper.display({
          id: "status",
          header: () => t("words.field.status"),
          cell: ({ row: { original: lead } }) =>
            mayEdit ? <StageCell lead={lead} /> : <StageBadge lead={lead} />,
        }),
        helper.display({
          id: "trade",
          header: () => t("words.field.trade"),
          cell: ({ row: { original: lead } }) => tradeName(lead.trade),
        }),
        helper.display({
          id: "description",
          header: () => t("words.field.description"),
          cell: ({ row: { original: lead } }) => (
            <EditableCell lead={lead} field="description" disabled={!mayEdit} />
          ),
        }),
        helper.display({
          id: "place",
          header: () => t("words.field.locality"),
          cell: ({ row: { original: lead } }) => (
            <EditableCell lead={lead} field="locality" disabled={!mayEdit} />
          ),
        }),
        helper.display({
          id: "urgency",
          header: () => t("words.field.urgency"),
          cell: ({ row: { original: lead } }) => <UrgencyBadge urgency={lead.urgency} />,
        }),
        helper.display({
          id: "professional",
          header: () => t("words.field.professional"),
          cell: ({ row: { original: lead } }) =>
            mayEdit ? <ProfessionalCell lead={lead} /> : lead.professional,
        }),
        helper.display({
          id: "changed",
          header: () => <SortHead order="-changed" words={t("words.field.changed_at")} />,
          cell: ({ row: { original: lead } }) => <When at={lead.changed_at} className="text-ink-soft" />,
        }),
        helper.display({
          id: "created",
          header: () => <SortHead order="-created" words={t("words.field.created_at")} />,
          cell: ({ row: { original: lead } }) => <When at={lead.created_at} className="text-ink-soft" />,
        }),
      ]),
    [t, tradeName, mayEdit],
  );

  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (lead) => String(lead.id),
    state: { columnVisibility: visible },
    onColumnVisibilityChange: (update) =>
      setVisible((now) => {
        const next = typeof update === "function" ? update(now) : update;
        remember("columns", JSON.stringify(next));
        return next;
      }),
  });

  const compact = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const modelRows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: modelRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (compact ? COMPACT_PX : ROW_PX),
    getItemKey: (index) => modelRows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = leads;
  useEffect(() => {
    if (last >= rows.length - 15 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (leads.isPending) return <Skeletons rows={10} />;
  if (leads.isError && !leads.data) return <Failed error={leads.error} retry={() => void leads.refetch()} />;
  if (!rows.length) {
    const filtered = isFiltered(filter);
    return (
      <Empty icon={<Inbox className="size-8" />} title={filtered ? t("leads.noneFound") : t("leads.none")}>
        {filtered ? t("leads.noneFoundWords") : t("leads.noneWords")}
      </Empty>
    );
  }

  const shown = table.getVisibleLeafColumns();
  const widths = shown.map((column) => WIDTHS[column.id]).join(" ");
  const template = `${mayEdit ? `${CHOOSE_PX}px ` : ""}${widths} 40px`;
  return (
    <div className="flex h-full flex-col">
      <div
        ref={scroller}
        className="thin-scroll min-h-0 grow overflow-auto rounded-t-card border border-b-0 border-line bg-surface"
      >
        <div role="table" aria-label={t("leads.title")} aria-rowcount={rows.length} className="sm:min-w-fit">
          <div
            role="row"
            tabIndex={-1}
            className="sticky top-0 z-10 hidden sm:grid border-b border-line bg-sunken"
            style={{ gridTemplateColumns: template }}
          >
            {mayEdit ? (
              <div role="columnheader">
                <ChooseAll choice={choice} />
              </div>
            ) : null}
            {table.getHeaderGroups()[0]?.headers.map((header) => (
              <div
                key={header.id}
                role="columnheader"
                aria-sort={sortOf(header.column.id, filter.order)}
                className="flex h-9 items-center px-3 text-sm font-medium text-ink-soft"
              >
                <table.FlexRender header={header} />
              </div>
            ))}
            <div role="columnheader" className="grid place-items-center">
              <Menu
                trigger={
                  <Button look="quiet" size="iconSm" aria-label={t("leads.columns")}>
                    <Settings2 className="size-4" />
                  </Button>
                }
              >
                {table.getAllLeafColumns().map((column) => (
                  <DropdownMenu.CheckboxItem
                    key={column.id}
                    checked={column.getIsVisible()}
                    onSelect={(event) => event.preventDefault()}
                    onCheckedChange={(on) => column.toggleVisibility(Boolean(on))}
                    className="cursor-pointer rounded-control px-2.5 py-1.5 text-ink-soft outline-none data-[highlighted]:bg-grey-soft data-[state=checked]:font-medium data-[state=checked]:text-ink"
                  >
                    {t(COLUMN_WORDS[column.id as keyof typeof COLUMN_WORDS])}
                  </DropdownMenu.CheckboxItem>
                ))}
              </Menu>
            </div>
          </div>
          <div style={{ height: virtual.getTotalSize() }} className="relative">
            {items.map((item) => {
              const row = modelRows[item.index];
              if (!row) return null;
              if (compact) {
                return (
                  <CompactRow
                    key={row.id}
                    lead={row.original}
                    top={item.start}
                    index={item.index}
                    choice={mayEdit ? choice : null}
                    onOpen={onOpen}
                  />
                );
              }
              return (
                <div
                  key={row.id}
                  role="row"
                  tabIndex={0}
                  aria-rowindex={item.index + 1}
                  onClick={() => onOpen(row.original.id)}
                  onKeyDown={(event) => {
                    if (event.key === "Enter" && event.target === event.currentTarget)
                      onOpen(row.original.id);
                  }}
                  className={cn(
                    "absolute inset-x-0 grid cursor-pointer items-center border-b border-line hover:bg-sunken focus-visible:-outline-offset-2",
                    choice.has(row.original.id) && "bg-accent-soft hover:bg-accent-soft",
                  )}
                  style={{
                    transform: `translateY(${item.start}px)`,
                    height: ROW_PX,
                    gridTemplateColumns: template,
                  }}
                >
                  {mayEdit ? (
                    <div role="cell" className="h-full">
                      <ChooseRow lead={row.original} choice={choice} />
                    </div>
                  ) : null}
                  {row.getVisibleCells().map((cell) => (
                    <div key={cell.id} role="cell" className="min-w-0 truncate px-3">
                      <table.FlexRender cell={cell} />
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {mayEdit ? (
        <Suspense fallback={null}>
          <BulkBar choice={choice} />
        </Suspense>
      ) : null}
    </div>
  );
}

interface CompactProps {
  lead: Lead;
  choice: Choice | null;
  top: number;
  index: number;
  onOpen: (id: number) => void;
}

/** A row on a phone: who, where it stands, and what was asked. */
function CompactRow({ lead, choice, top, index, onOpen }: CompactProps) {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      tabIndex={0}
      aria-rowindex={index + 1}
      onClick={() => onOpen(lead.id)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) onOpen(lead.id);
      }}
      className={cn(
        "absolute inset-x-0 grid items-center gap-y-1 border-b border-line pe-3 focus-visible:-outline-offset-2",
        choice?.has(lead.id) && "bg-accent-soft",
      )}
      style={{
        transform: `translateY(${top}px)`,
        height: COMPACT_PX,
        gridTemplateColumns: `${choice ? CHOOSE_PX : 12}px minmax(0, 1fr)`,
      }}
    >
      <div role="cell" className="row-span-2 h-full">
        {choice ? <ChooseRow lead={lead} choice={choice} /> : null}
      </div>
      <div role="cell" className="flex items-center gap-2 self-end">
        <Attention reason={lead.attention} brief />
        <Words className="truncate font-medium">{lead.customer_name ?? t("leads.nameless")}</Words>
        <span className="ms-auto">
          <StageBadge lead={lead} />
        </span>
      </div>
      <div role="cell" className="flex items-center gap-2 self-start text-sm text-ink-soft">
        <WordsLine className="min-w-0 grow">{lead.description}</WordsLine>
        <When at={lead.changed_at} />
      </div>
    </div>
  );
}

const COLUMN_WORDS = {
  customer: "words.field.customer_name",
  phone: "words.field.phone",
  status: "words.field.status",
  trade: "words.field.trade",
  description: "words.field.description",
  place: "words.field.locality",
  urgency: "words.field.urgency",
  professional: "words.field.professional",
  changed: "words.field.changed_at",
  created: "words.field.created_at",
} as const;

function sortOf(column: string, order: Order): "ascending" | "descending" | undefined {
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
