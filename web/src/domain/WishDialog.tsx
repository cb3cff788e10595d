import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Textarea } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { say } from "@/ui/toast";

type Wish = Schemas["NewWish"]["wish"];
/** The most that is kept. */
const MOST = 1000;
const FORM = "wish";

interface Props {
  contactId: number;
  wish: Wish;
  onClose: () => void;
}

/** What somebody said elsewhere, as by phone, about being written to first. */
export function WishDialog({ contactId, wish, onClose }: Props) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const client = useQueryClient();
  const sayRefusal = useSayRefusal();
  const [words, setWords] = useState("");
  const tell = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/businesses/{slug}/contacts/{contact_id}/wishes", {
          params: { path: { slug, contact_id: contactId } },
          body: { wish, words: words.trim() },
        }),
      ),
    onSuccess: (now) => {
      client.setQueryData([slug, "privacy", contactId], now);
      say(t("inbox.person.told"));
      onClose();
    },
    onError: sayRefusal,
  });
  return (
    <Panel
      open
      shape="dialog"
      focusFirst
      onClose={onClose}
      title={t(wish === "out" ? "inbox.person.tellOut" : "inbox.person.tellIn")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={tell.isPending} disabled={!words.trim()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <Form id={FORM} className="flex flex-col gap-3" onSend={() => words.trim() && tell.mutate()}>
        <p>{t(wish === "out" ? "inbox.person.tellOutWords" : "inbox.person.tellInWords")}</p>
        <Field label={t("inbox.person.saidHow")} hint={t("inbox.person.saidHint")}>
          <Textarea value={words} maxLength={MOST} onChange={(event) => setWords(event.target.value)} />
        </Field>
      </Form>
    </Panel>
  );
}
