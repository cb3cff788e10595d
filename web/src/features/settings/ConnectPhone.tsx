import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { useAct } from "./api";

const FORM = "connect-phone";
/** At which field a refusal is told. */
const FIELDS: Record<string, "phone" | "account" | "token"> = {
  bad_account: "account",
  voice_number_taken: "phone",
};

/** A number is connected by the account it belongs to; what is typed here is shown to nobody again. */
export function ConnectPhone({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [phone, setPhone] = useState("");
  const [account, setAccount] = useState("");
  const [token, setToken] = useState("");
  const connect = useAct<Schemas["NewCalledNumber"], Schemas["CalledNumber"]>("phones", (slug, body) =>
    told(api.POST("/api/businesses/{slug}/phones", { params: { path: { slug } }, body })),
  );
  const refused = refusalOf(connect.error);
  const badPhone = refused?.code === "bad_setting" && refused.params.field === "phone";
  const at = badPhone ? "phone" : FIELDS[refused?.code ?? ""];
  const said = refused && (badPhone ? t("refusals.bad_phone") : words(refused));
  const input = (value: string, set: (value: string) => void) => ({
    dir: "ltr",
    className: "text-start",
    required: true,
    value,
    onChange: (event: { target: { value: string } }) => {
      set(event.target.value);
      if (connect.isError) connect.reset();
    },
  });
  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("settings.phones.connectTitle")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={connect.isPending}>
            {t("settings.phones.connect")}
          </Button>
        </>
      }
    >
      <Form
        id={FORM}
        className="flex flex-col gap-4"
        onSend={() =>
          connect.mutate(
            { phone: phone.trim(), account_sid: account.trim(), auth_token: token },
            {
              onSuccess: () => {
                say(t("settings.phones.nowConnected"));
                onClose();
              },
            },
          )
        }
      >
        <Field label={t("settings.phones.phone")} error={at === "phone" && said}>
          <Input type="tel" maxLength={40} placeholder="03-123-4567" {...input(phone, setPhone)} />
        </Field>
        <Field label="Account SID" hint={t("settings.phones.accountHint")} error={at === "account" && said}>
          <Input maxLength={60} autoComplete="off" spellCheck={false} {...input(account, setAccount)} />
        </Field>
        <Field label="Auth Token" hint={t("settings.phones.tokenHint")}>
          <Input type="password" maxLength={200} autoComplete="off" {...input(token, setToken)} />
        </Field>
        {at ? null : <Refused error={connect.error} />}
      </Form>
    </Panel>
  );
}
