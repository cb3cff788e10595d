import { type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { useWhen } from "@/lib/clock";
import { isOverLimit } from "@/lib/refusal";
import { instantOf } from "@/lib/time";
import { useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";
import { type Booking, useMove } from "./api";
import { type GridColumn, HOUR_PX, type Placed, STEP } from "./columns";
import { snapped } from "./layout";

type How = "move" | "resize";

interface Target {
  column: GridColumn;
  start: number;
  end: number;
}

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
}

const THRESHOLD_PX = 5;
const SHORTEST = 15;

/**
 * Visits follow the mouse in steps of a quarter of an hour; what the server refuses goes back, with the reason.
 *
 * A finger scrolls, and opens the visit, which is moved by its form.
 */
export function useDrag({ board, columns, from, to }: Options) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const sayRefusal = useSayRefusal();
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

  const put = ({ booking }: Placed, { column, start, end }: Target, how: How) => {
    const professionalId = column.professional?.id ?? booking.professional_id;
    const begins = instantOf(column.date, start, zone);
    const lasts = Date.parse(booking.ends_at) - Date.parse(booking.starts_at);
    // What is moved stays as long as it was, also over a change of the clock.
    const ends = how === "move" ? new Date(begins.getTime() + lasts) : instantOf(column.date, end, zone);
    const moving = {
      booking,
      professionalId,
      startsAt: how === "move" ? begins.toISOString() : booking.starts_at,
      endsAt: ends.toISOString(),
    };
    const send = (overLimit: boolean) =>
      move.mutate(
        { ...moving, overLimit },
        {
          onError: (error) =>
            isOverLimit(error)
              ? sayUndoable(words(error), t("calendar.moveAnyway"), () => send(true), "visit")
              : sayRefusal(error),
          onSuccess: (moved) =>
            sayUndoable(
              t("calendar.moved"),
              t("common.undo"),
              () =>
                move.mutate(
                  {
                    booking: moved,
                    professionalId: booking.professional_id,
                    startsAt: booking.starts_at,
                    endsAt: booking.ends_at,
                    overLimit: true,
                  },
                  { onError: sayRefusal },
                ),
              "visit",
            ),
        },
      );
    send(false);
  };

  const begin = (event: ReactPointerEvent, placed: Placed, how: How) => {
    if (event.button !== 0 || event.pointerType !== "mouse") return;
    const { booking, start, end } = placed;
    event.stopPropagation();
    const home = columnAt(event.clientX);
    if (!home) return;
    const origin = { x: event.clientX, y: event.clientY };
    let target: Target | null = null;

    const follow = (pointer: PointerEvent) => {
      const far = Math.hypot(pointer.clientX - origin.x, pointer.clientY - origin.y);
      if (!target && far < THRESHOLD_PX) return;
      const shift = ((pointer.clientY - origin.y) / HOUR_PX) * 60;
      if (how === "resize") {
        target = {
          column: home,
          start,
          end: Math.min(to, Math.max(start + SHORTEST, SHORTEST, snapped(end + shift, STEP))),
        };
      } else {
        const length = end - start;
        // A visit over midnight may stay where it is, beyond the edge of the day.
        const latest = Math.max(to - length, start);
        const begins = Math.min(latest, Math.max(Math.min(from, start), snapped(start + shift, STEP)));
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
      if (drop && !same) put(placed, target, how);
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
