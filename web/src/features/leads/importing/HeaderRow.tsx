import { useTranslation } from "react-i18next";
import { Field, Select } from "@/ui/Field";
import type { Preview } from "./imports";

interface Props {
  preview: Preview;
  disabled: boolean;
  onChange: (row: number) => void;
}

/** Which row of the file names the columns: titles and dates may stand above it. */
export function HeaderRow({ preview, disabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Field label={t("leads.import.headerRow")}>
      <Select
        disabled={disabled}
        value={preview.header_row}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {preview.lines.map(({ row, cells }) => (
          <option key={row} value={row}>
            {`${row}: ${cells.filter(Boolean).join(" · ").slice(0, 80)}`}
          </option>
        ))}
      </Select>
    </Field>
  );
}
