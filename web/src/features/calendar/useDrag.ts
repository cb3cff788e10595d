import { type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "@/api/client";
import { useWhen } from "@/app/clock";
import { useRefusalWords } from "@/i18n/refusals";
import { instantOf } from "@/lib/time";
import { sayFailed, sayUndoable } from "@/ui/toast";
import { type Booking, useMove } from "./api";
import { type GridColumn, HOUR_PX, type Placed, STEP } from "./Grid";
import { snapped } from "./layout";

type How = "move" | "resize";

/** Where the visit would stand if it were let go now. */
interface Ghost {
  booking: Booking;
  column: string;
  start: number;
  end: number;
}

interface Options {
  board: RefObject<HTMLDivElement | null>;
  columns: GridColumn[];
  from: number;
  to: number;
  mayWrite: boolean;
  onOpen: (booking: Booking) => void;
}

const THRESHOLD_PX = 5;
const SHORTEST = 15;

/** Visits follow the pointer in steps of a quarter of an hour; what the server refuses goes back, with the reason. */
export function useDrag({ board, columns, from, to }: Options) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const words = useRefusalWords();
  const move = useMove();
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const ended = useRef(0);

  const columnAt = (x: number): GridColumn | undefined => {
    const parts = board.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [];
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      if (x >= box.left && x < box.right) return columns.find((column) => column.key === part.dataset.column);
    }
    return undefined;
  };

  const put = (booking: Booking, column: GridColumn, start: number, end: number) => {
    const professionalId = column.professional?.id ?? booking.professional_id;
    const at = (minute: number) => instantOf(column.date, minute, zone).toISOString();
    const failed = (error: unknown) =>
      sayFailed(error instanceof Refusal ? words(error) : t("common.failed"));
    move.mutate(
      { booking, professionalId, startsAt: at(start), endsAt: at(end) },
      {
        onError: failed,
        onSuccess: (moved) =>
          sayUndoable(t("calendar.moved"), t("common.undo"), () =>
            move.mutate(
              {
                booking: moved,
                professionalId: booking.professional_id,
                startsAt: booking.starts_at,
                endsAt: booking.ends_at,
              },
              { onError: failed },
            ),
          ),
      },
    );
  };

  const begin = (event: ReactPointerEvent, { booking, start, end }: Placed, how: How) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const home = columnAt(event.clientX);
    if (!home) return;
    const origin = { x: event.clientX, y: event.clientY };
    let target: { column: GridColumn; start: number; end: number } | null = null;

    const follow = (pointer: PointerEvent) => {
      const far = Math.hypot(pointer.clientX - origin.x, pointer.clientY - origin.y);
      if (!target && far < THRESHOLD_PX) return;
      const shift = ((pointer.clientY - origin.y) / HOUR_PX) * 60;
      if (how === "resize") {
        target = {
          column: home,
          start,
          end: Math.min(to, Math.max(start + SHORTEST, snapped(end + shift, STEP))),
        };
      } else {
        const length = end - start;
        const begins = Math.min(to - length, Math.max(from, snapped(start + shift, STEP)));
        target = { column: columnAt(pointer.clientX) ?? home, start: begins, end: begins + length };
      }
      setGhost({ booking, column: target.column.key, start: target.start, end: target.end });
    };
    const finish = (drop: boolean) => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", press);
      setGhost(null);
      if (!target) return;
      ended.current = performance.now();
      const same = target.column.key === home.key && target.start === start && target.end === end;
      if (drop && !same) put(booking, target.column, target.start, target.end);
    };
    const up = () => finish(true);
    const cancel = () => finish(false);
    const press = (key: KeyboardEvent) => key.key === "Escape" && finish(false);
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", press);
  };

  return { ghost, begin, justDragged: () => performance.now() - ended.current < 300 };
}
