import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFaultWords } from "./FaultTable";
import { faultsOf, MEANINGS, type Preview } from "./imports";
import { AsRead, AsWritten } from "./ReadValue";

/** The first rows as they were understood; what was not stands in its cell with the reason. */
export function FirstRows({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const held = new Set(preview.columns.map(({ field }) => field));
  const shown = MEANINGS.filter((meaning) => held.has(meaning));
  if (!preview.rows.length) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 id="first-rows" className="font-bold">
        {t("leads.import.first")}
      </h3>
      <section
        tabIndex={0}
        aria-labelledby="first-rows"
        className="thin-scroll overflow-x-auto rounded-card border border-line"
      >
        <table className="w-full border-collapse text-sm">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              <th scope="col" className="px-3 py-2 text-start font-medium">
                <abbr title={t("leads.import.row")} className="no-underline">
                  {t("leads.import.rowShort")}
                </abbr>
              </th>
              {shown.map((meaning) => (
                <th key={meaning} scope="col" className="px-3 py-2 text-start font-medium whitespace-nowrap">
                  {t(`words.field.${meaning}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => {
              const faults = faultsOf(preview.errors, row.row);
              return (
                <tr key={row.row} className="border-t border-line align-top">
                  <td className="px-3 py-2 tabular-nums text-ink-soft">{row.row}</td>
                  {shown.map((meaning) => {
                    const fault = faults.get(meaning);
                    return (
                      <td
                        key={meaning}
                        className={cn("max-w-60 px-3 py-2", meaning === "description" && "min-w-48")}
                      >
                        {fault ? (
                          <span className="flex items-start gap-1 text-red" title={words(fault)}>
                            <CircleAlert
                              role="img"
                              aria-label={words(fault)}
                              className="mt-0.5 size-4 shrink-0"
                            />
                            <AsWritten fault={fault} />
                          </span>
                        ) : (
                          <AsRead row={row} meaning={meaning} />
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </section>
  );
}
