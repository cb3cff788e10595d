import { FileSpreadsheet } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Alert } from "@/ui/Refused";
import { type Taken, take } from "./imports";

const KINDS = ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A file is dropped here, or chosen. */
export function ChooseFile({ onTaken }: { onTaken: (file: Taken) => void }) {
  const { t } = useTranslation();
  const hint = useId();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<"tooLarge" | "unreadable" | null>(null);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const taken = await take(file);
    if (typeof taken === "string") setWrong(taken);
    else onTaken(taken);
  };
  return (
    <div className="flex flex-col gap-3">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void choose(event.dataTransfer.files[0]);
        }}
        className={cn(
          "flex cursor-pointer flex-col items-center gap-2 rounded-card border-2 border-dashed border-line-strong px-4 py-12 text-center has-focus-visible:outline-2 has-focus-visible:outline-accent",
          over ? "bg-accent-soft" : "hover:bg-sunken",
        )}
      >
        <FileSpreadsheet className="size-8 text-ink-soft" />
        <span className="font-bold">{t("leads.import.drop")}</span>
        <span id={hint} className="max-w-[50ch] text-sm text-ink-soft">
          {t("leads.import.hint")}
        </span>
        <span className="mt-2 inline-flex h-9 items-center rounded-control bg-accent px-3 font-medium text-accent-ink">
          {t("leads.import.choose")}
        </span>
        <input
          type="file"
          accept={KINDS}
          aria-label={t("leads.import.choose")}
          aria-describedby={hint}
          className="sr-only"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      {wrong ? <Alert>{t(`leads.import.${wrong}`)}</Alert> : null}
    </div>
  );
}
