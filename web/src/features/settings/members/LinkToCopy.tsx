import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";

interface LinkProps {
  purpose: "invitation" | "reset";
  token: string;
  words: string;
}

/** A link that works once. It is nowhere to be found again. */
export function LinkToCopy({ purpose, token, words }: LinkProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/link/${purpose}?token=${encodeURIComponent(token)}`;
  return (
    <div className="flex flex-col gap-3">
      <p>{words}</p>
      <Field label={t("settings.users.link")} hint={t("settings.users.onceWords")}>
        <Input dir="ltr" readOnly value={link} onFocus={(event) => event.target.select()} />
      </Field>
      <Button
        className="self-start"
        onClick={() =>
          void navigator.clipboard.writeText(link).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? <Check className="size-4" /> : <Copy className="size-4" />}
        <span aria-live="polite">{copied ? t("common.copied") : t("common.copy")}</span>
      </Button>
    </div>
  );
}
