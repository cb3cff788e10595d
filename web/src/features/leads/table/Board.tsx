import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Stage, stageOf, useStages } from "@/domain/stages";
import { useTradeName } from "@/domain/trades";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { cn } from "@/lib/cn";
import { useMay } from "@/session/business";
import { Badge, toneOf } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Failed } from "@/ui/Page";
import { Ago, Words } from "@/ui/Said";
import { type Lead, useBoard, useFilter } from "../api";
import { Attention } from "../parts";
import { useMove } from "./moving";

const NO_STAGES: Stage[] = [];
const keyOf = (stage: Stage) => `${stage.id ?? stage.kind}`;

/**
 * The business's own board. A card is dragged, with a finger after a long press, or moved with the keyboard; what the
 * rules refuse moves back.
 */
export function Board({ onOpen }: { onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const { data: stages = NO_STAGES } = useStages();
  const move = useMove(stages);
  const [filter] = useFilter();
  const [pages, setPages] = useState(1);
  const board = useBoard(filter, pages);
  const [dragged, setDragged] = useState<Lead | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 300, tolerance: 8 } }),
    useSensor(KeyboardSensor, { keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space"] } }),
  );

  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const lead = active.data.current?.lead as Lead | undefined;
    const stage = stages.find((one) => keyOf(one) === over?.id);
    if (lead && stage) move(lead, stage);
  };

  if (board.isError && !board.data) return <Failed error={board.error} retry={() => void board.refetch()} />;
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged((active.data.current?.lead as Lead | undefined) ?? null)}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
    >
      <section
        tabIndex={0}
        aria-label={t("leads.board")}
        className="thin-scroll flex h-full gap-3 overflow-x-auto pb-4"
      >
        {stages.map((stage) => (
          <Column
            key={keyOf(stage)}
            stage={stage}
            stages={stages}
            board={board}
            onMore={() => setPages((now) => now + 1)}
            onOpen={onOpen}
          />
        ))}
      </section>
      <DragOverlay>{dragged ? <Card lead={dragged} floating /> : null}</DragOverlay>
    </DndContext>
  );
}

interface ColumnProps {
  stage: Stage;
  stages: Stage[];
  board: ReturnType<typeof useBoard>;
  onMore: () => void;
  onOpen: (id: number) => void;
}

function Column({ stage, stages, board, onMore, onOpen }: ColumnProps) {
  const { t } = useTranslation();
  const { isOver, setNodeRef } = useDroppable({ id: keyOf(stage) });
  const cards = useMemo(
    () =>
      (board.data?.pages.flatMap((page) => page.leads) ?? []).filter((lead) => {
        const at = stageOf(stages, lead);
        return at && keyOf(at) === keyOf(stage);
      }),
    [board.data, stages, stage],
  );
  const hasMore = board.data?.more.has(stage.kind) ?? false;
  return (
    <section
      ref={setNodeRef}
      aria-label={stage.name}
      className={cn(
        "flex w-72 shrink-0 flex-col rounded-card bg-sunken",
        isOver && "outline-2 outline-accent",
      )}
    >
      <header className="flex items-center gap-2 px-3 pt-3 pb-2">
        <Badge tone={toneOf(stage.colour)}>{stage.name}</Badge>
        <span className="text-sm text-ink-soft tabular-nums">
          {cards.length}
          {hasMore ? "+" : ""}
        </span>
      </header>
      <div className="thin-scroll flex min-h-24 grow flex-col gap-2 overflow-y-auto px-2 pb-2">
        {board.isPending ? <div className="skeleton h-24" /> : null}
        {cards.map((lead) => (
          <DraggableCard key={lead.id} lead={lead} onOpen={onOpen} />
        ))}
        {hasMore ? (
          <Button look="quiet" size="sm" busy={board.isFetching} onClick={onMore}>
            {t("common.more")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function DraggableCard({ lead, onOpen }: { lead: Lead; onOpen: (id: number) => void }) {
  const disabled = !useMay("agent");
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: lead.id,
    data: { lead },
    disabled,
  });
  const { t } = useTranslation();
  return (
    <div
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      role="button"
      aria-roledescription={t("leads.card")}
      onKeyDown={(event) => (event.key === "Enter" ? onOpen(lead.id) : listeners?.onKeyDown?.(event))}
      onClick={() => onOpen(lead.id)}
      className={cn("touch-manipulation", isDragging && "opacity-40")}
    >
      <Card lead={lead} />
    </div>
  );
}

function Card({ lead, floating }: { lead: Lead; floating?: boolean }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  return (
    <div
      data-lead={lead.id}
      className={cn(
        "flex cursor-grab flex-col gap-1.5 rounded-card border border-line bg-surface p-3",
        floating && "shadow-float",
      )}
    >
      <span className="flex items-center gap-2">
        <Words className="truncate font-medium">{lead.customer_name ?? t("leads.nameless")}</Words>
        <Ago at={lead.changed_at} className="ms-auto text-xs text-ink-soft" />
      </span>
      {lead.description ? (
        <Words className="line-clamp-2 text-sm text-ink-soft">{lead.description}</Words>
      ) : null}
      <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-soft">
        {[tradeName(lead.trade), lead.locality].filter(Boolean).join(" · ")}
      </span>
      <span className="flex flex-wrap gap-1 empty:hidden">
        <Attention reason={lead.attention} />
        <UrgencyBadge urgency={lead.urgency} />
        {lead.professional ? <Badge>{lead.professional}</Badge> : null}
      </span>
    </div>
  );
}
