import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import { ME, useMe } from "@/session/me";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";
import { CodeField, PasswordField } from "./CodeField";

/** A new password; whoever has come in by a link and has none yet is not asked for one that never was. */
export function PasswordCard() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const me = useMe();
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const save = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/me/password", {
          body: { current: me.has_password ? current : null, password, code: code.trim() || null },
        }),
      ),
    onSuccess: () => {
      setCurrent("");
      setPassword("");
      setCode("");
      say(me.has_password ? t("account.passwordChanged") : t("account.passwordSet"));
      void client.invalidateQueries({ queryKey: ME });
    },
  });
  const refused = refusalOf(save.error);
  const wrong = refused?.code === "wrong_credentials";
  const ofNew = refused?.code === "weak_password";
  return (
    <Card title={t("account.password")}>
      <Form className="flex flex-col gap-3" onSend={() => save.mutate()}>
        {me.has_password ? (
          <PasswordField
            label={t("account.currentPassword")}
            value={current}
            onChange={setCurrent}
            error={wrong ? t("account.wrongPassword") : null}
          />
        ) : (
          <p className="text-ink-soft">{t("account.noPasswordYet")}</p>
        )}
        <PasswordField
          fresh
          label={t("account.newPassword")}
          value={password}
          onChange={setPassword}
          error={ofNew && refused ? words(refused) : null}
        />
        {me.second_factor ? <CodeField value={code} onChange={setCode} /> : null}
        {refused && !wrong && !ofNew ? (
          <p role="alert" className="text-red">
            {words(refused)}
          </p>
        ) : null}
        <Button type="submit" busy={save.isPending} className="self-start">
          {me.has_password ? t("account.changePassword") : t("account.setPassword")}
        </Button>
      </Form>
    </Card>
  );
}
