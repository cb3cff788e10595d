import { type ComponentProps, useState } from "react";
import { cn } from "@/lib/cn";
import { controlClass } from "@/ui/Field";
import { minutesOf, sayClock } from "./hours";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  minute: number | null;
  side: "start" | "end";
  onMinute: (minute: number | null) => void;
}

const WHOLE = /^\d{1,2}:\d{2}$|^\d{4}$/;

/** An hour of the day, always of twenty-four. A whole one counts as it is typed, a short one ("8") once it is left. */
export function ClockInput({ minute, side, onMinute, className, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      dir="ltr"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      placeholder="00:00"
      {...rest}
      className={cn(controlClass, "h-9 w-16 text-center tabular-nums", className)}
      value={typed ?? sayClock(minute)}
      onChange={(event) => {
        const words = event.target.value;
        setTyped(words);
        if (WHOLE.test(words.trim())) onMinute(minutesOf(words, side));
      }}
      onBlur={() => {
        if (typed === null) return;
        const read = minutesOf(typed, side);
        onMinute(read);
        // What is no hour stays as it was typed, beside what is wrong with it.
        setTyped(read === null && typed.trim() ? typed : null);
      }}
    />
  );
}
