import { PhoneForwarded } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import { recall, remember } from "@/lib/store";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type CallDetails, useTakeOver } from "./api";

const FORM = "take-over";
const OWN_PHONE = "own-phone";

/** Whether somebody is on the line whom a person can still take over. */
export function mayBeTaken({ call, transfers }: CallDetails): boolean {
  const talked = call.connected_at && !call.ended_at && !call.taken_by && !call.simulated;
  return Boolean(talked) && !transfers.some(({ ended_at }) => !ended_at);
}

/** The call that is under way is led to a phone of whoever asks for it. */
export function TakeOver({ callId }: { callId: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <PhoneForwarded className="size-4" />
        {t("calls.takeOver")}
      </Button>
      {open ? <Ask callId={callId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Ask({ callId, onClose }: { callId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [phone, setPhone] = useState(recall(OWN_PHONE) ?? "");
  const takeOver = useTakeOver(callId);
  const refused = refusalOf(takeOver.error);
  const badPhone = refused?.code === "bad_setting";
  const ring = () =>
    takeOver.mutate(phone.trim(), {
      onSuccess: () => {
        remember(OWN_PHONE, phone.trim());
        say(t("calls.takeOverRinging"));
        onClose();
      },
    });
  return (
    <Panel
      open
      focusFirst
      shape="dialog"
      onClose={onClose}
      title={t("calls.takeOver")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={takeOver.isPending}>
            {t("calls.takeOverRing")}
          </Button>
        </>
      }
    >
      <Form id={FORM} className="flex flex-col gap-4" onSend={ring}>
        <Field
          label={t("calls.takeOverPhone")}
          hint={t("calls.takeOverWords")}
          error={badPhone && refused && words({ ...refused, code: "bad_phone" })}
        >
          <Input
            type="tel"
            dir="ltr"
            className="text-start"
            maxLength={40}
            required
            placeholder="050-123-4567"
            value={phone}
            onChange={(event) => {
              setPhone(event.target.value);
              if (takeOver.isError) takeOver.reset();
            }}
          />
        </Field>
        {badPhone ? null : <Refused error={takeOver.error} />}
      </Form>
    </Panel>
  );
}
