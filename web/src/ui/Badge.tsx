import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export const TONES = {
  blue: "bg-blue-soft text-blue",
  slate: "bg-slate-soft text-slate",
  amber: "bg-amber-soft text-amber",
  teal: "bg-teal-soft text-teal",
  green: "bg-green-soft text-green",
  grey: "bg-grey-soft text-grey",
  red: "bg-red-soft text-red",
  violet: "bg-violet-soft text-violet",
  pink: "bg-pink-soft text-pink",
};

export type Tone = keyof typeof TONES;

export const toneOf = (colour: string): Tone => (colour in TONES ? (colour as Tone) : "grey");

/** A word with a colour that means the same as the word. */
export function Badge({
  tone = "grey",
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap",
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
