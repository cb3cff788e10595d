import type { ReactNode } from "react";
import {
  Area,
  AreaChart,
  Bar,
  CartesianGrid,
  ComposedChart,
  LabelList,
  Line,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";

/** How charts of days are drawn. In Hebrew time runs from right to left. */
interface Props<Row> {
  rows: Row[];
  rtl: boolean;
  /** What the chart says, for whoever does not see it. */
  summary: string;
  sayDay: (day: string) => string;
  tip: (row: Row) => ReactNode;
}

interface LeadsRow {
  day: string;
  count: number;
  /** Said beside the point; empty where it would be too much. */
  label: string;
}

interface VisitsRow {
  day: string;
  booked: number;
  done: number;
  waiting: number;
  cancelled: number;
  label: string;
}

const HEIGHT = 220;
const EDGE = 12;
const TICK = { fill: "var(--ink-soft)", fontSize: 12 };
const LABEL = { fill: "var(--ink)", fontSize: 12, fontWeight: 700 };
const MARGIN = { top: 20, right: 12, bottom: 0, left: 12 };

/** Anchors of the text in a drawing turn with the direction of the page; here they stay as drawn. */
function Frame({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <div dir="ltr" role="img" aria-label={summary} className="tabular-nums">
      <ResponsiveContainer
        width="100%"
        height={HEIGHT}
        initialDimension={{ width: 320, height: HEIGHT }}
        debounce={50}
      >
        {children}
      </ResponsiveContainer>
    </div>
  );
}

/** Points at the edges need room for their numbers; columns have it. */
function axes(rtl: boolean, sayDay: (day: string) => string, edge = 0): ReactNode[] {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="day"
      reversed={rtl}
      padding={{ left: edge, right: edge }}
      tickFormatter={sayDay}
      tick={TICK}
      tickLine={false}
      axisLine={{ stroke: "var(--line)" }}
      minTickGap={20}
    />,
    <YAxis
      key="y"
      orientation={rtl ? "right" : "left"}
      allowDecimals={false}
      tick={TICK}
      tickLine={false}
      axisLine={false}
      width={28}
    />,
  ];
}

function tipOf<Row>(rtl: boolean, tip: (row: Row) => ReactNode) {
  return ({ active, payload }: TooltipContentProps) => {
    const row = payload[0]?.payload as Row | undefined;
    if (!active || !row) return null;
    return (
      <div
        dir={rtl ? "rtl" : "ltr"}
        className="rounded-control bg-surface px-3 py-2 text-sm text-ink shadow-float"
      >
        {tip(row)}
      </div>
    );
  };
}

export function LeadsChart({ rows, rtl, summary, sayDay, tip }: Props<LeadsRow>) {
  return (
    <Frame summary={summary}>
      <AreaChart data={rows} margin={MARGIN} accessibilityLayer={false}>
        {axes(rtl, sayDay, EDGE)}
        <Tooltip content={tipOf(rtl, tip)} cursor={{ stroke: "var(--line-strong)" }} />
        <Area
          dataKey="count"
          type="linear"
          stroke="var(--accent)"
          strokeWidth={2}
          fill="var(--accent-soft)"
          fillOpacity={1}
          isAnimationActive={false}
        >
          <LabelList dataKey="label" position="top" {...LABEL} />
        </Area>
      </AreaChart>
    </Frame>
  );
}

export function VisitsChart({ rows, rtl, summary, sayDay, tip }: Props<VisitsRow>) {
  return (
    <Frame summary={summary}>
      <ComposedChart
        data={rows}
        margin={MARGIN}
        accessibilityLayer={false}
        barCategoryGap="20%"
        maxBarSize={36}
      >
        <defs>
          <pattern id="cancelled" width="5" height="5" patternUnits="userSpaceOnUse">
            <path d="M0 5L5 0" stroke="var(--line-strong)" strokeWidth="1.5" />
          </pattern>
        </defs>
        {axes(rtl, sayDay)}
        <Tooltip content={tipOf(rtl, tip)} cursor={{ fill: "var(--grey-soft)" }} />
        <Bar dataKey="done" stackId="visits" fill="var(--accent)" isAnimationActive={false} />
        <Bar
          dataKey="waiting"
          stackId="visits"
          fill="var(--accent-soft)"
          stroke="var(--accent)"
          isAnimationActive={false}
        />
        <Bar
          dataKey="cancelled"
          stackId="visits"
          fill="url(#cancelled)"
          stroke="var(--line-strong)"
          isAnimationActive={false}
        />
        {/* Not drawn: it stands where the column ends, and bears its number. */}
        <Line dataKey="booked" stroke="none" dot={false} activeDot={false} isAnimationActive={false}>
          <LabelList dataKey="label" position="top" {...LABEL} />
        </Line>
      </ComposedChart>
    </Frame>
  );
}
