import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Switch } from "@/ui/Switch";
import { say } from "@/ui/toast";
import { type SavedView, useChangeViews } from "./views";

const FORM = "saved-view";
const LONGEST = 60;

interface Props {
  /** The one that gets another name; without it, a new one. */
  view: SavedView | null;
  query: string;
  onClose: () => void;
  onSaved: (view: SavedView) => void;
}

/** What a view is called, and who sees it. */
export function ViewForm({ view, query, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const mayShare = useMay("manager");
  const { add, edit } = useChangeViews();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [missing, setMissing] = useState(false);
  const error = view ? edit.error : add.error;

  const save = () => {
    const said = name.trim();
    setMissing(!said);
    if (!said) return;
    const onSuccess = (saved: SavedView) => {
      say(t("leads.views.saved"));
      onSaved(saved);
    };
    if (view) edit.mutate({ view, name: said }, { onSuccess });
    else add.mutate({ name: said, query, shared }, { onSuccess });
  };

  return (
    <Panel
      open
      shape="dialog"
      focusFirst
      onClose={onClose}
      title={view ? t("leads.views.rename") : t("leads.views.save")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={add.isPending || edit.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <Form id={FORM} noValidate className="flex flex-col gap-4" onSend={save}>
        <Field
          label={t("leads.views.name")}
          hint={t("leads.views.nameHint")}
          error={missing ? t("common.required") : null}
        >
          <Input
            dir="auto"
            autoComplete="off"
            maxLength={LONGEST}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {mayShare && !view ? (
          <Switch label={t("leads.views.shared")} checked={shared} onChange={setShared} />
        ) : null}
        <Refused error={error} />
      </Form>
    </Panel>
  );
}
