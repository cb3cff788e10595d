import { useTranslation } from "react-i18next";
import { Field, Input } from "@/ui/Field";

/** The code of the second factor, or one to recover by. */
export function CodeField({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (code: string) => void;
  label?: string;
}) {
  const { t } = useTranslation();
  return (
    <Field label={label ?? t("signIn.code")} hint={t("signIn.codeHint")}>
      <Input
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export function PasswordField({
  value,
  onChange,
  label,
  fresh,
  error,
}: {
  value: string;
  onChange: (password: string) => void;
  label: string;
  /** One that is chosen now. */
  fresh?: boolean;
  error?: string | null;
}) {
  const { t } = useTranslation();
  return (
    <Field label={label} hint={fresh ? t("link.passwordHint") : undefined} error={error}>
      <Input
        type="password"
        dir="ltr"
        autoComplete={fresh ? "new-password" : "current-password"}
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
