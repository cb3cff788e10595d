import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Field, Input, Select, Textarea } from "@/ui/Field";
import { Refused } from "@/ui/Refused";

interface ReplyWords {
  title: string;
  text: string;
  language: Language;
}

interface Props {
  said: ReplyWords;
  onChange: <K extends keyof ReplyWords>(name: K, value: ReplyWords[K]) => void;
  busy: boolean;
  error: unknown;
  onSave: () => void;
  onClose: () => void;
}

/** The words of one quick reply. */
export function QuickReplyForm({ said, onChange, busy, error, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [tried, setTried] = useState(false);
  const missing = (value: string) => (tried && !value.trim() ? t("common.required") : null);
  return (
    <form
      noValidate
      className="flex flex-col gap-3 rounded-card border border-line bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (said.title.trim() && said.text.trim()) onSave();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-[1fr_120px]">
        <Field label={t("inbox.quickTitle")} error={missing(said.title)}>
          <Input
            autoFocus
            dir="auto"
            autoComplete="off"
            maxLength={60}
            value={said.title}
            onChange={(event) => onChange("title", event.target.value)}
          />
        </Field>
        <Field label={t("inbox.quickLanguage")}>
          <Select
            value={said.language}
            onChange={(event) => onChange("language", event.target.value === "en" ? "en" : "he")}
          >
            <option value="he">עברית</option>
            <option value="en">English</option>
          </Select>
        </Field>
      </div>
      <Field label={t("inbox.quickText")} error={missing(said.text)}>
        <Textarea
          rows={3}
          maxLength={2000}
          value={said.text}
          onChange={(event) => onChange("text", event.target.value)}
        />
      </Field>
      <Refused error={error} className="p-2 text-sm" />
      <div className="flex gap-2">
        <Button look="primary" type="submit" busy={busy}>
          {t("common.save")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </div>
    </form>
  );
}
