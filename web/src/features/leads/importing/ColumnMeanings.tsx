import { useTranslation } from "react-i18next";
import { Field, Select } from "@/ui/Field";
import { Words } from "@/ui/Said";
import { MEANINGS, type Meaning, type Meanings, type Preview, sampleOf } from "./imports";
import { AsRead } from "./ReadValue";

interface Props {
  preview: Preview;
  meanings: Meanings;
  disabled: boolean;
  onChange: (column: number, meaning: Meaning | null) => void;
}

/** What each column of the file holds, as it was guessed or said. */
export function ColumnMeanings({ preview, meanings, disabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold">{t("leads.import.columns")}</h3>
      <div className="grid gap-3 sm:grid-cols-3">
        {preview.columns.map(({ header }, column) => {
          const meaning = meanings[column] ?? null;
          const sample = meaning && sampleOf(preview.rows, meaning);
          return (
            <Field
              key={column}
              label={header ? <Words>{header}</Words> : t("leads.import.unnamed", { number: column + 1 })}
              hint={
                meaning && sample ? (
                  <span className="line-clamp-1">
                    {t("leads.import.sample")}
                    <bdi>
                      <AsRead row={sample} meaning={meaning} />
                    </bdi>
                  </span>
                ) : null
              }
            >
              <Select
                disabled={disabled}
                value={meaning ?? ""}
                onChange={(event) =>
                  onChange(column, MEANINGS.find((one) => one === event.target.value) ?? null)
                }
              >
                <option value="">{t("leads.import.left")}</option>
                {MEANINGS.map((one) => (
                  <option key={one} value={one}>
                    {t(`words.field.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
          );
        })}
      </div>
    </section>
  );
}
