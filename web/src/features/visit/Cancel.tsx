import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Refused } from "@/ui/Refused";
import { useCancel } from "./api";
import { Opened } from "./Opened";

const LONGEST = 200;

/** Calling the visit off, which cannot be undone and so is asked twice. */
export function Cancel({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const cancel = useCancel(token);
  return (
    <Form
      className="flex flex-col gap-4 border-t border-line pt-4"
      onSend={() => cancel.mutate(reason.trim(), { onSuccess: onClose })}
    >
      <div>
        <Opened>{t("visit.cancelTitle")}</Opened>
        <p className="text-ink-soft">{t("visit.cancelWords")}</p>
      </div>
      <Field label={t("visit.reason")}>
        <Input
          dir="auto"
          className="h-12 text-lg"
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <Refused error={cancel.error} />
      <div className="flex flex-col gap-2">
        <Button type="submit" look="danger" className="h-12 text-lg" busy={cancel.isPending}>
          {t("visit.reallyCancel")}
        </Button>
        <Button look="quiet" className="h-12 text-lg" onClick={onClose}>
          {t("visit.keep")}
        </Button>
      </div>
    </Form>
  );
}
