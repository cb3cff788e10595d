import { useTranslation } from "react-i18next";
import { Field, Textarea } from "@/ui/Field";
import { type Draft, LONGEST_PROMPT } from "./draft";

/** What the agent is told once this professional is chosen. */
export function PromptTab({ draft, mayEdit }: { draft: Draft; mayEdit: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-soft">{t("professionals.promptWords")}</p>
      <Field
        label={t("professionals.prompt")}
        hint={
          draft.theirs("prompt") ?? (
            <span className="tabular-nums">
              {t("professionals.length", { number: draft.values.prompt.length, most: LONGEST_PROMPT })}
            </span>
          )
        }
      >
        <Textarea
          className="min-h-64"
          maxLength={LONGEST_PROMPT}
          disabled={!mayEdit}
          placeholder={t("professionals.promptExample")}
          value={draft.values.prompt}
          onChange={(event) => draft.change("prompt", event.target.value)}
        />
      </Field>
    </div>
  );
}
