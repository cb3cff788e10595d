import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useProfessionals } from "@/domain/professionals";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import { Button } from "@/ui/Button";
import { Field, Input, Select } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useAct } from "../api";
import { LinkToCopy } from "./LinkToCopy";
import { ROLES, type Role } from "./roles";

const FORM = "invite";

/** Somebody is invited; the link to hand over is shown this once. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { data: professionals = [] } = useProfessionals();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [professional, setProfessional] = useState("");
  const invite = useAct<Schemas["Invitation"], Schemas["NewInvitation"]>("members", (slug, body) =>
    told(api.POST("/api/businesses/{slug}/members", { params: { path: { slug } }, body })),
  );
  const refused = refusalOf(invite.error);
  const taken = refused?.code === "email_taken";
  const badEmail = refused?.fields.some(({ field }) => field.includes("email"));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({
      name: name.trim(),
      email: email.trim(),
      role,
      professional_id: role === "professional" ? Number(professional) : null,
    });
  };

  if (invite.data) {
    const { token } = invite.data;
    return (
      <Panel
        open
        onClose={onClose}
        title={t("settings.users.invited")}
        actions={
          <Button look="primary" onClick={onClose}>
            {t("settings.users.handedOver")}
          </Button>
        }
      >
        <LinkToCopy purpose="invitation" token={token} words={t("settings.users.linkWords", { name })} />
      </Panel>
    );
  }
  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("settings.users.inviteTitle")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} busy={invite.isPending}>
            {t("settings.users.makeLink")}
          </Button>
        </>
      }
    >
      <form id={FORM} className="flex flex-col gap-4" onSubmit={submit}>
        <Field label={t("words.field.customer_name")}>
          <Input
            dir="auto"
            required
            maxLength={120}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          label={t("signIn.email")}
          error={taken && refused ? words(refused) : badEmail ? t("settings.users.badEmail") : null}
        >
          <Input
            type="email"
            dir="ltr"
            className="text-start"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t("settings.users.role")} hint={t(`settings.users.may.${role}`)}>
          <Select value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {t(`words.role.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {role === "professional" ? (
          <Field
            label={t("settings.users.whichProfessional")}
            hint={t("settings.users.whichProfessionalWords")}
          >
            <Select required value={professional} onChange={(event) => setProfessional(event.target.value)}>
              <option value="">{t("settings.users.choose")}</option>
              {professionals.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        {taken || badEmail ? null : <Refused error={invite.error} />}
      </form>
    </Panel>
  );
}
