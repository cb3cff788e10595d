import { useTranslation } from "react-i18next";
import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useWhen } from "@/lib/clock";
import type { Week } from "./weeks";

const dayOf = (date: string) => `${Number(date.slice(8))}.${Number(date.slice(5, 7))}`;

/** Visits by week with their numbers on them, and the same as a table. Time runs as the page is read. */
export function WeeksChart({ weeks }: { weeks: Week[] }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  return (
    <figure className="mt-3">
      <figcaption className="text-sm text-ink-soft">{t("professionals.byWeek")}</figcaption>
      <div aria-hidden dir="ltr" className="h-44">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={weeks} margin={{ top: 20, bottom: 0, left: 4, right: 4 }}>
            <XAxis
              dataKey="first"
              tickFormatter={dayOf}
              reversed={language === "he"}
              tickLine={false}
              axisLine={{ stroke: "var(--line)" }}
              tick={{ fill: "var(--ink-soft)", fontSize: 12 }}
            />
            <YAxis hide domain={[0, "dataMax"]} />
            <Bar dataKey="booked" fill="var(--accent)" radius={[4, 4, 0, 0]} isAnimationActive={false}>
              <LabelList dataKey="booked" position="top" fill="var(--ink-soft)" fontSize={12} />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <details className="mt-1">
        <summary className="w-fit cursor-pointer rounded-control py-1 text-sm text-ink-soft hover:text-ink">
          {t("professionals.asTable")}
        </summary>
        <table className="mt-1 w-full max-w-sm text-sm tabular-nums">
          <thead>
            <tr className="border-b border-line text-ink-soft">
              <th scope="col" className="py-1 text-start font-medium">
                {t("professionals.weekOf")}
              </th>
              <th scope="col" className="py-1 text-start font-medium">
                {t("professionals.booked")}
              </th>
              <th scope="col" className="py-1 text-start font-medium">
                {t("professionals.done")}
              </th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.first} className="border-b border-line">
                <th scope="row" className="py-1 text-start font-normal">
                  {dayOf(week.first)}
                </th>
                <td className="py-1">{week.booked}</td>
                <td className="py-1">{week.done}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
