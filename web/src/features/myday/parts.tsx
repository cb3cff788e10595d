import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayDay, sayExactly, sayHour, wallOf } from "@/lib/time";

interface Props {
  from: string;
  to: string;
  withDay?: boolean;
  className?: string;
}

/** "14:00–15:00", with the day before it where it is not clear. */
export function Hours({ from, to, withDay, className }: Props) {
  const { zone, language } = useWhen();
  const now = useNow();
  const day = sayDay(wallOf(from, zone).date, { today: wallOf(now, zone).date, language });
  return (
    <time
      dateTime={from}
      title={sayExactly(from, zone, language)}
      className={cn("font-bold whitespace-nowrap tabular-nums", className)}
    >
      {withDay ? `${day} ` : null}
      <bdi dir="ltr">{`${sayHour(from, zone)}–${sayHour(to, zone)}`}</bdi>
    </time>
  );
}
