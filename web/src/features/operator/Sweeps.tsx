import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useNow, useWhen } from "@/lib/clock";
import { sayDuration, sayWhen } from "@/lib/time";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Page";

/** When each sweep last ran, how long it took, and what it found in all businesses together. */
export function Sweeps({ sweeps }: { sweeps: Schemas["SweepHealth"][] }) {
  const { t } = useTranslation();
  const { language, zone } = useWhen();
  const now = useNow();
  return (
    <Card title={t("operator.sweeps")}>
      <section aria-label={t("operator.sweeps")} tabIndex={0} className="thin-scroll overflow-x-auto">
        <table className="w-full tabular-nums">
          <thead>
            <tr className="border-b border-line text-sm text-ink-soft">
              {(["sweep", "lastRun", "took", "found", "notSeenTo", "foundEver"] as const).map((name) => (
                <th key={name} scope="col" className="py-2 pe-3 text-start font-medium whitespace-nowrap">
                  {t(`operator.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {sweeps.map((one) => (
              <tr key={one.sweep}>
                <th scope="row" className="min-w-40 py-2 pe-3 text-start font-medium">
                  {t(`operator.sweep.${one.sweep}`)}
                </th>
                <td className="py-2 pe-3 whitespace-nowrap">
                  {one.last_at ? sayWhen(one.last_at, { zone, language, now }) : t("operator.notYet")}
                </td>
                <td className="py-2 pe-3 whitespace-nowrap">
                  {!one.last_at
                    ? "–"
                    : one.took_ms < 1000
                      ? t("operator.underSecond")
                      : sayDuration(one.took_ms / 1000, language)}
                </td>
                <td className="py-2 pe-3">{one.found}</td>
                <td className="py-2 pe-3">{one.failed ? <Badge tone="red">{one.failed}</Badge> : 0}</td>
                <td className="py-2">{one.found_ever}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
