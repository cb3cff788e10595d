import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { When, Words, WordsLine } from "@/ui/Said";
import type { Lead } from "../api";
import { ChooseRow } from "../choose/Choose";
import type { Choice } from "../choose/choosing";
import { Attention, StageBadge } from "../parts";

export const ROW_PX = 48;
export const COMPACT_PX = 72;
export const CHOOSE_PX = 40;

interface Props {
  lead: Lead;
  /** Null for those who may not change what they would choose. */
  choice: Choice | null;
  top: number;
  index: number;
  onOpen: (id: number) => void;
}

/** A row that opens its lead, wherever it is pressed. */
function Row({
  lead,
  choice,
  top,
  index,
  onOpen,
  height,
  columns,
  className,
  children,
}: Props & { height: number; columns: string; className: string; children: ReactNode }) {
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
        "absolute inset-x-0 grid items-center border-b border-line focus-visible:-outline-offset-2",
        className,
        choice?.has(lead.id) && "bg-accent-soft hover:bg-accent-soft",
      )}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: columns }}
    >
      {children}
    </div>
  );
}

/** A row on a wide page: the cells of the columns. */
export function WideRow({ columns, children, ...row }: Props & { columns: string; children: ReactNode }) {
  const { lead, choice } = row;
  return (
    <Row {...row} height={ROW_PX} columns={columns} className="cursor-pointer hover:bg-sunken">
      {choice ? (
        <div role="cell" className="h-full">
          <ChooseRow lead={lead} choice={choice} />
        </div>
      ) : null}
      {children}
    </Row>
  );
}

/** A row on a phone: who, where it stands, and what was asked. */
export function CompactRow(row: Props) {
  const { t } = useTranslation();
  const { lead, choice } = row;
  return (
    <Row
      {...row}
      height={COMPACT_PX}
      columns={`${choice ? CHOOSE_PX : 12}px minmax(0, 1fr)`}
      className="gap-y-1 pe-3"
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
    </Row>
  );
}
