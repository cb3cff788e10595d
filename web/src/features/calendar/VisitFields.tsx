import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { Field, Input, Select } from "@/ui/Field";

export interface VisitValues {
  date: string;
  start: string;
  end: string;
  professionalId: number;
}

interface Props {
  values: VisitValues;
  onChange: (values: VisitValues) => void;
  professionals: Professional[];
}

/** When, and with whom. */
export function VisitFields({ values, onChange, professionals }: Props) {
  const { t } = useTranslation();
  const set = (changes: Partial<VisitValues>) => onChange({ ...values, ...changes });
  return (
    <>
      <Field label={t("words.field.professional")}>
        <Select
          value={values.professionalId || ""}
          required
          onChange={(event) => set({ professionalId: Number(event.target.value) })}
        >
          <option value="" disabled>
            {t("calendar.whom")}
          </option>
          {professionals.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-3 gap-3">
        <Field label={t("calendar.date")}>
          <Input
            type="date"
            required
            value={values.date}
            onChange={(event) => set({ date: event.target.value })}
          />
        </Field>
        <Field label={t("calendar.from")}>
          <Input
            type="time"
            step={300}
            required
            value={values.start}
            onChange={(event) => set({ start: event.target.value })}
          />
        </Field>
        <Field label={t("calendar.to")}>
          <Input
            type="time"
            step={300}
            required
            value={values.end}
            onChange={(event) => set({ end: event.target.value })}
          />
        </Field>
      </div>
    </>
  );
}
