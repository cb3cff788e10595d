import { useState } from "react";
import { useTranslation } from "react-i18next";
import { he } from "@/i18n/he";
import { Button } from "@/ui/Button";
import type { Fault } from "./imports";
import { AsWritten } from "./ReadValue";

type Code = keyof typeof he.leads.import.fault;
const FIRST = 20;

export function useFaultWords(): (fault: Fault) => string {
  const { t } = useTranslation();
  return ({ code }) => t(`leads.import.fault.${code in he.leads.import.fault ? (code as Code) : "other"}`);
}

/** Which rows of the file do not come, and why. */
export function FaultTable({ title, faults }: { title: string; faults: Fault[] }) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const [all, setAll] = useState(false);
  const shown = all ? faults : faults.slice(0, FIRST);
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-bold">{title}</h3>
      <p className="text-sm text-ink-soft">{t("leads.import.faultsHint")}</p>
      <div className="overflow-hidden rounded-card border border-line">
        <table className="w-full border-collapse text-sm">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              {(["row", "field", "value", "reason"] as const).map((head) => (
                <th key={head} scope="col" className="px-3 py-2 text-start font-medium">
                  {t(`leads.import.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((fault) => (
              <tr key={`${fault.row} ${fault.field}`} className="border-t border-line align-top">
                <td className="px-3 py-2 tabular-nums">{fault.row}</td>
                <td className="px-3 py-2">{t(`words.field.${fault.field}`)}</td>
                <td className="px-3 py-2 break-words [word-break:break-word]">
                  <AsWritten fault={fault} />
                </td>
                <td className="px-3 py-2 text-red">{words(fault)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < faults.length ? (
        <Button look="quiet" size="sm" className="self-start" onClick={() => setAll(true)}>
          {t("leads.import.all", { number: faults.length.toLocaleString("en-US") })}
        </Button>
      ) : null}
    </section>
  );
}
