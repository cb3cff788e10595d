import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Me, told, whenProofNeeded } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Panel";
import { Alert } from "@/ui/Refused";
import { CodeField, PasswordField } from "./CodeField";

const FORM = "proof";

/** Before what is grave, whoever sits here shows again who they are; then what they wanted goes on by itself. */
export function ProofDialog({ me }: { me: Me }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const settle = useRef<(shown: boolean) => void>(() => undefined);
  const nothingToShow = !me.has_password && !me.second_factor;

  useEffect(() => {
    whenProofNeeded(async () => {
      if (nothingToShow) {
        await told(api.POST("/api/auth/proof", { body: {} }));
        return true;
      }
      setOpen(true);
      return new Promise((resolve) => {
        settle.current = resolve;
      });
    });
    return () => {
      whenProofNeeded(() => Promise.resolve(false));
      settle.current(false);
    };
  }, [nothingToShow]);

  const close = (shown: boolean) => {
    setOpen(false);
    setPassword("");
    setCode("");
    setRefusal(null);
    settle.current(shown);
  };
  const show = async () => {
    setBusy(true);
    try {
      const body = { password: me.has_password ? password : null, code: code.trim() || null };
      await told(api.POST("/api/auth/proof", { body }));
      close(true);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel
      open={open}
      shape="dialog"
      focusFirst
      onClose={() => close(false)}
      title={t("proof.title")}
      actions={
        <>
          <Button onClick={() => close(false)}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={busy}>
            {t("proof.go")}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void show();
        }}
      >
        <p className="text-ink-soft">{t("proof.words")}</p>
        {me.has_password ? (
          <PasswordField label={t("signIn.password")} value={password} onChange={setPassword} />
        ) : null}
        {me.second_factor ? <CodeField value={code} onChange={setCode} /> : null}
        {refusal ? (
          <Alert>{refusal.code === "wrong_credentials" ? t("proof.wrongPassword") : words(refusal)}</Alert>
        ) : null}
      </form>
    </Panel>
  );
}
