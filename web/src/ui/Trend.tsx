import { ArrowDown, ArrowUp, Equal } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { cn } from "@/lib/cn";
import type { Trend } from "@/lib/trend";

const ARROWS = { up: ArrowUp, down: ArrowDown, same: Equal };

/** Which way a figure went: an arrow and words, and a colour that says no more than they do. */
export function TrendWords({ trend, children }: { trend: Trend; children: ReactNode }) {
  const Arrow = ARROWS[trend.way];
  return (
    <span
      className={cn(
        "flex items-start gap-1 text-xs",
        trend.good === null ? "text-ink-soft" : trend.good ? "text-green" : "text-red",
      )}
    >
      <Arrow aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{children}</span>
    </span>
  );
}

interface Props {
  /** Where the rows behind the figure are. */
  to: string;
  label: ReactNode;
  value: ReactNode;
  /** What it is compared with, or over which time. */
  children?: ReactNode;
  className?: string;
}

/** A figure that leads to what it is made of. */
export function Figure({ to, label, value, children, className }: Props) {
  return (
    <Link
      to={to}
      className={cn(
        "flex min-w-0 flex-col gap-0.5 rounded-card border border-line bg-surface px-3 py-2.5 transition-colors duration-150 hover:border-line-strong hover:bg-sunken",
        className,
      )}
    >
      <span className="text-sm text-ink-soft">{label}</span>
      <span className="text-xl font-bold tabular-nums">{value}</span>
      {children}
    </Link>
  );
}
