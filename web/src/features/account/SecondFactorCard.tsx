import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { ME, useMe } from "@/session/me";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";
import { CodeField, PasswordField } from "./CodeField";

/** Turned on with a code that the phone shows, and off with another one. */
export function SecondFactorCard() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const me = useMe();
  const client = useQueryClient();
  const [setup, setSetup] = useState<Schemas["Setup"] | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");

  const shown = me.has_password ? password : null;

  const begin = useMutation({
    mutationFn: () => told(api.POST("/api/me/second-factor/secret")),
    onSuccess: setSetup,
  });
  const settled = () => {
    setPassword("");
    setCode("");
    void client.invalidateQueries({ queryKey: ME });
  };
  const turnOn = useMutation({
    mutationFn: () => told(api.POST("/api/me/second-factor", { body: { password: shown, code } })),
    onSuccess: (made) => {
      setCodes(made.codes);
      setSetup(null);
      settled();
    },
  });
  const turnOff = useMutation({
    mutationFn: () => told(api.DELETE("/api/me/second-factor", { body: { password: shown, code } })),
    onSuccess: () => {
      settled();
      say(t("account.factorOff"));
    },
  });
  const refused = [turnOn.error, turnOff.error].find((error) => error instanceof Refusal) as
    | Refusal
    | undefined;

  return (
    <Card title={t("account.factor")}>
      {codes ? (
        <div className="flex flex-col gap-3">
          <p>{t("account.recoveryWords")}</p>
          <ul
            dir="ltr"
            className="grid grid-cols-2 gap-1 rounded-control bg-sunken p-3 font-medium tabular-nums"
          >
            {codes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <Button look="primary" className="self-start" onClick={() => setCodes(null)}>
            {t("account.recoveryKept")}
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (me.second_factor) turnOff.mutate();
            else if (setup) turnOn.mutate();
            else begin.mutate();
          }}
        >
          <p className="flex items-center gap-2 text-ink-soft">
            <ShieldCheck className="size-5 shrink-0" />
            {me.second_factor ? t("account.factorIsOn") : t("account.factorIsOff")}
          </p>
          {setup ? (
            <>
              <div className="w-fit rounded-control bg-white p-3">
                <QRCodeSVG value={setup.address} size={168} title={t("account.qr")} />
              </div>
              <p className="text-sm text-ink-soft">
                {t("account.byHand")} <bdi dir="ltr">{setup.secret}</bdi>
              </p>
            </>
          ) : null}
          {(setup || me.second_factor) && me.has_password ? (
            <PasswordField label={t("signIn.password")} value={password} onChange={setPassword} />
          ) : null}
          {setup || me.second_factor ? <CodeField value={code} onChange={setCode} /> : null}
          {refused ? (
            <p role="alert" className="text-red">
              {refused.code === "wrong_credentials" ? t("proof.wrongPassword") : words(refused)}
            </p>
          ) : null}
          <Button
            type="submit"
            className="self-start"
            busy={begin.isPending || turnOn.isPending || turnOff.isPending}
          >
            {me.second_factor ? t("account.turnOff") : t("account.turnOn")}
          </Button>
        </form>
      )}
    </Card>
  );
}
