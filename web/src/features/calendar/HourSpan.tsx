import { sayMinute } from "@/lib/time";
import { DAY } from "./columns";

const clock = (minute: number) => sayMinute(((minute % DAY) + DAY) % DAY);

/** "11:00–12:00" in the minutes of a day, the earlier on the left in every language; `short` shows only the start. */
export function HourSpan({ start, end, short }: { start: number; end: number; short?: boolean }) {
  return (
    <bdi dir="ltr" className="tabular-nums">
      {clock(start)}
      <span className={short ? "sr-only" : undefined}>–{clock(end)}</span>
    </bdi>
  );
}
