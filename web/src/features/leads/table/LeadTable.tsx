import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Inbox, Settings2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNarrow } from "@/lib/narrow";
import { useMay } from "@/session/business";
import { IconButton } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { isFiltered, type Lead, useFilter, useLeads } from "../api";
import { ChooseAll } from "../choose/Choose";
import { useChoice } from "../choose/choosing";
import { COLUMNS, type Column, features, sortOf, useColumns, useVisibleColumns } from "./columns";
import { CHOOSE_PX, COMPACT_PX, CompactRow, ROW_PX, WideRow } from "./LeadRow";

const BulkBar = lazy(async () => ({ default: (await import("../choose/BulkBar")).BulkBar }));

const NO_LEADS: Lead[] = [];

/** Leads as rows; only those in sight are drawn, and more are fetched as the end comes near. */
export function LeadTable({ onOpen }: { onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const [filter] = useFilter();
  const leads = useLeads(filter);
  const mayEdit = useMay("agent");
  const [visible, setVisible] = useVisibleColumns();
  const rows = useMemo(() => leads.data?.pages.flatMap((page) => page.leads) ?? NO_LEADS, [leads.data]);
  const choice = useChoice(rows, JSON.stringify(filter));

  const columns = useColumns();
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (lead) => String(lead.id),
    state: { columnVisibility: visible },
    onColumnVisibilityChange: setVisible,
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
  const widths = shown.map((column) => COLUMNS[column.id as Column].width).join(" ");
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
                  <IconButton aria-label={t("leads.columns")}>
                    <Settings2 className="size-4" />
                  </IconButton>
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
                    {t(COLUMNS[column.id as Column].words)}
                  </DropdownMenu.CheckboxItem>
                ))}
              </Menu>
            </div>
          </div>
          <div style={{ height: virtual.getTotalSize() }} className="relative">
            {items.map((item) => {
              const row = modelRows[item.index];
              if (!row) return null;
              const place = {
                lead: row.original,
                top: item.start,
                index: item.index,
                choice: mayEdit ? choice : null,
                onOpen,
              };
              if (compact) return <CompactRow key={row.id} {...place} />;
              return (
                <WideRow key={row.id} {...place} columns={template}>
                  {row.getVisibleCells().map((cell) => (
                    <div key={cell.id} role="cell" className="min-w-0 truncate px-3">
                      <table.FlexRender cell={cell} />
                    </div>
                  ))}
                </WideRow>
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
