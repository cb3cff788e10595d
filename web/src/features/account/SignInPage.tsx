import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api, keepToken, told } from "@/api/client";
import { Refusal } from "@/lib/refusal";
import { ME } from "@/session/me";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Refused } from "@/ui/Refused";
import { Door } from "./Door";
import { localPath } from "./localPath";

interface Credentials {
  email: string;
  password: string;
  code: string;
}

export function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm<Credentials>({ defaultValues: { email: "", password: "", code: "" } });
  const { errors, isSubmitting } = form.formState;

  useEffect(() => {
    if (needsCode) form.setFocus("code");
  }, [needsCode, form]);

  const submit = form.handleSubmit(async ({ email, password, code }) => {
    setRefusal(null);
    try {
      const body = { email, password, code: needsCode ? code : null };
      client.clear();
      client.setQueryData(ME, keepToken(await told(api.POST("/api/auth/sign-in", { body }))));
      await navigate(localPath(query.get("next")), { replace: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "second_factor_needed") setNeedsCode(true);
      else setRefusal(error);
    }
  });

  return (
    <Door title={t("signIn.title")}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <Field label={t("signIn.email")} error={errors.email ? t("signIn.emailMissing") : null}>
          <Input
            type="email"
            dir="ltr"
            autoComplete="username"
            {...form.register("email", { required: true })}
          />
        </Field>
        <Field label={t("signIn.password")} error={errors.password ? t("signIn.passwordMissing") : null}>
          <Input
            type="password"
            dir="ltr"
            autoComplete="current-password"
            {...form.register("password", { required: true })}
          />
        </Field>
        {needsCode ? (
          <Field label={t("signIn.code")} hint={t("signIn.codeHint")}>
            <Input dir="ltr" inputMode="numeric" autoComplete="one-time-code" {...form.register("code")} />
          </Field>
        ) : null}
        <Refused error={refusal} />
        <Button type="submit" look="primary" busy={isSubmitting}>
          {t("signIn.submit")}
        </Button>
        <p className="text-sm text-ink-soft">{t("signIn.forgotten")}</p>
      </form>
    </Door>
  );
}
