import type { ReactNode } from "react";
import { Link } from "react-router";
import { cn } from "@/lib/cn";

const FILLS = {
  accent: "bg-accent",
  grey: "bg-line-strong",
  amber: "bg-amber",
  light: "border border-line-strong bg-sunken",
};

interface Part {
  value: number;
  fill: keyof typeof FILLS;
}

export interface Bar {
  key: string | number;
  label: ReactNode;
  /** How long; the parts of it where it has several. */
  value: number;
  parts?: Part[];
  /** What it says at its end. */
  words: ReactNode;
  /** Where the rows behind it are. */
  to?: string | undefined;
}

/** Horizontal bars, each with its name before it and its number after it. */
export function Bars({ bars, whole }: { bars: Bar[]; whole?: number }) {
  const longest = whole ?? Math.max(0, ...bars.map((bar) => bar.value));
  return (
    <ul className="-mx-2 grid grid-cols-[fit-content(38%)_minmax(0,1fr)_auto] gap-x-3">
      {bars.map((bar) => (
        <li key={bar.key} className="col-span-3 grid grid-cols-subgrid">
          {bar.to ? (
            <Link to={bar.to} className={cn(ROW, "hover:bg-sunken")}>
              <BarParts bar={bar} longest={longest} />
            </Link>
          ) : (
            <div className={ROW}>
              <BarParts bar={bar} longest={longest} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

const ROW = "col-span-3 grid min-h-8 grid-cols-subgrid items-center rounded-control px-2 py-1";

function BarParts({ bar, longest }: { bar: Bar; longest: number }) {
  const parts = bar.parts ?? [{ value: bar.value, fill: "accent" as const }];
  return (
    <>
      <span className="min-w-0 truncate">{bar.label}</span>
      <span aria-hidden className="flex h-4 gap-px">
        {parts.map((part) =>
          part.value > 0 ? (
            <span
              key={part.fill}
              className={cn("min-w-0.5 rounded-[2px]", FILLS[part.fill])}
              style={{ width: longest > 0 ? `${(100 * part.value) / longest}%` : 0 }}
            />
          ) : null,
        )}
      </span>
      <span className="text-sm text-ink-soft tabular-nums">{bar.words}</span>
    </>
  );
}

/** What the parts of bars mean. */
export function Key({ parts }: { parts: { fill: keyof typeof FILLS; words: ReactNode }[] }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      {parts.map(({ fill, words }) => (
        <li key={fill} className="flex items-center gap-1.5">
          <span aria-hidden className={cn("size-3 rounded-[2px]", FILLS[fill])} />
          {words}
        </li>
      ))}
    </ul>
  );
}

/** A figure, and how much that is. */
export function Said({ strong, soft }: { strong: string; soft: string }) {
  return (
    <>
      <span className="font-bold text-ink">{strong}</span> · {soft}
    </>
  );
}
