import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, keepToken, Refusal, type Schemas, told } from "@/api/client";
import { ME, useMe } from "@/app/session";
import { useRefusalWords } from "@/i18n/refusals";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Card, Page } from "@/ui/Page";
import { say } from "@/ui/toast";

/** One's own name, password and second factor. */
export function AccountPage() {
  const { t } = useTranslation();
  return (
    <main className="mx-auto max-w-2xl">
      <Page
        title={t("account.title")}
        actions={
          <Button asChild>
            <Link to="/">{t("account.back")}</Link>
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <NameCard />
          <PasswordCard />
          <SecondFactorCard />
        </div>
      </Page>
    </main>
  );
}

function NameCard() {
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
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
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
      </form>
    </Card>
  );
}

function PasswordCard() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: () => told(api.POST("/api/me/password", { body: { current, password } })),
    onSuccess: () => {
      setCurrent("");
      setPassword("");
      say(t("account.passwordChanged"));
    },
  });
  const refused = save.error instanceof Refusal ? save.error : null;
  return (
    <Card title={t("account.password")}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field
          label={t("account.currentPassword")}
          error={refused?.code === "wrong_credentials" ? t("account.wrongPassword") : null}
        >
          <Input
            type="password"
            dir="ltr"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field
          label={t("account.newPassword")}
          hint={t("link.passwordHint")}
          error={refused && refused.code !== "wrong_credentials" ? words(refused) : null}
        >
          <Input
            type="password"
            dir="ltr"
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" busy={save.isPending} className="self-start">
          {t("account.changePassword")}
        </Button>
      </form>
    </Card>
  );
}

function SecondFactorCard() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const me = useMe();
  const client = useQueryClient();
  const [setup, setSetup] = useState<Schemas["Setup"] | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");

  const begin = useMutation({
    mutationFn: () => told(api.GET("/api/me/second-factor")),
    onSuccess: setSetup,
  });
  const settled = () => {
    setPassword("");
    setCode("");
    void client.invalidateQueries({ queryKey: ME });
  };
  const turnOn = useMutation({
    mutationFn: () =>
      told(api.POST("/api/me/second-factor", { body: { password, secret: setup?.secret ?? "", code } })),
    onSuccess: (made) => {
      setCodes(made.codes);
      setSetup(null);
      settled();
    },
  });
  const turnOff = useMutation({
    mutationFn: () => told(api.DELETE("/api/me/second-factor", { body: { password } })),
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
          {setup || me.second_factor ? (
            <Field label={t("signIn.password")}>
              <Input
                type="password"
                dir="ltr"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
          ) : null}
          {setup ? (
            <Field label={t("signIn.code")} hint={t("signIn.codeHint")}>
              <Input
                dir="ltr"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </Field>
          ) : null}
          {refused ? (
            <p role="alert" className="text-red">
              {words(refused)}
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
