import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, keepToken, told } from "@/api/client";
import { ME, useMe } from "@/session/me";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";

export function NameCard() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState(me.name);
  const save = useMutation({
    mutationFn: () => told(api.PATCH("/api/me", { body: { name: name.trim() } })),
    onSuccess: (changed) => {
      client.setQueryData(ME, keepToken(changed));
      say(t("common.saved"));
    },
  });
  return (
    <Card title={t("account.you")}>
      <Form className="flex flex-wrap items-end gap-3" onSend={() => save.mutate()}>
        <Field label={t("account.name")} hint={<bdi dir="ltr">{me.email}</bdi>} className="grow">
          <Input
            dir="auto"
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={120}
          />
        </Field>
        <Button type="submit" busy={save.isPending} className="mb-6">
          {t("common.save")}
        </Button>
      </Form>
    </Card>
  );
}
