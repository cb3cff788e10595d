import { useQuery } from "@tanstack/react-query";
import { KeyRound, MoreHorizontal, UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness, useMay } from "@/session/business";
import { useMe } from "@/session/me";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Select } from "@/ui/Field";
import { Menu, MenuItem } from "@/ui/Menu";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { say, sayUndoable } from "@/ui/toast";
import { useAct } from "../api";
import { Intro } from "../parts";
import { Invite } from "./Invite";
import { LinkToCopy } from "./LinkToCopy";
import { OpenInvitations } from "./OpenInvitations";
import { ROLES, type Role } from "./roles";

type Member = Schemas["MemberOut"];

/** Who belongs to the business and what they may do. Owners invite, change and remove; managers see. */
export function Members() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const owner = useMay("owner");
  const [inviting, setInviting] = useState(false);
  const members = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/members", { params: { path: { slug } } })),
  });
  if (members.isPending) return <Skeletons rows={4} className="h-14" />;
  if (!members.data) return <Failed error={members.error} retry={() => void members.refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <Intro>{owner ? t("settings.users.intro") : t("settings.users.introManager")}</Intro>
      <Card
        title={t("settings.users.title")}
        action={
          owner ? (
            <Button look="primary" size="sm" onClick={() => setInviting(true)}>
              <UserPlus className="size-4" />
              {t("settings.users.invite")}
            </Button>
          ) : null
        }
      >
        <ul className="-my-1 divide-y divide-line">
          {members.data.map((member) => (
            <Row key={member.user_id} member={member} />
          ))}
        </ul>
      </Card>
      <OpenInvitations />
      <Card title={t("settings.users.roles")}>
        <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr]">
          {ROLES.map((role) => (
            <div key={role} className="contents">
              <dt className="font-medium">{t(`words.role.${role}`)}</dt>
              <dd className="mb-1 text-ink-soft">{t(`settings.users.may.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {inviting ? <Invite onClose={() => setInviting(false)} /> : null}
    </div>
  );
}

function Row({ member }: { member: Member }) {
  const { t } = useTranslation();
  const me = useMe();
  const owner = useMay("owner");
  const sayRefusal = useSayRefusal();
  const [removing, setRemoving] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const self = me.email === member.email;
  const path = (slug: string) => ({ slug, user_id: member.user_id });
  const changeRole = useAct<Role, unknown>("members", (slug, role) =>
    told(
      api.PATCH("/api/businesses/{slug}/members/{user_id}", { params: { path: path(slug) }, body: { role } }),
    ),
  );
  const reset = useAct<void, Schemas["LinkOut"]>("members", (slug) =>
    told(api.POST("/api/businesses/{slug}/members/{user_id}/reset", { params: { path: path(slug) } })),
  );
  const change = (role: Role) =>
    changeRole.mutate(role, {
      onError: sayRefusal,
      onSuccess: () =>
        sayUndoable(
          t("settings.users.roleChanged", { name: member.name, role: t(`words.role.${role}`) }),
          t("common.undo"),
          () => changeRole.mutate(member.role, { onError: sayRefusal }),
        ),
    });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <Avatar name={member.name} />
      <div className="min-w-0 grow basis-40">
        <p className="flex items-center gap-2">
          <Words className="truncate font-medium">{member.name}</Words>
          {self ? <Badge tone="teal">{t("settings.users.you")}</Badge> : null}
        </p>
        <p className="truncate text-sm text-ink-soft">
          <bdi dir="ltr">{member.email}</bdi>
        </p>
      </div>
      {owner && !self ? (
        <>
          <Field label={t("settings.users.roleOf", { name: member.name })} silent className="w-36">
            <Select
              value={changeRole.isPending ? changeRole.variables : member.role}
              onChange={(event) => change(event.target.value as Role)}
            >
              {ROLES.filter(
                (role) => role !== "professional" || member.professional_id !== null || role === member.role,
              ).map((role) => (
                <option key={role} value={role}>
                  {t(`words.role.${role}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Menu
            trigger={
              <Button look="quiet" size="icon" aria-label={t("settings.users.more", { name: member.name })}>
                <MoreHorizontal className="size-4" />
              </Button>
            }
          >
            <MenuItem
              icon={<KeyRound className="size-4" />}
              onSelect={() =>
                reset.mutate(undefined, { onError: sayRefusal, onSuccess: ({ token }) => setLink(token) })
              }
            >
              {t("settings.users.resetLink")}
            </MenuItem>
            <MenuItem danger icon={<UserMinus className="size-4" />} onSelect={() => setRemoving(true)}>
              {t("settings.users.remove")}
            </MenuItem>
          </Menu>
        </>
      ) : (
        <Badge className="me-12">{t(`words.role.${member.role}`)}</Badge>
      )}
      {removing ? <Remove member={member} onClose={() => setRemoving(false)} /> : null}
      {link ? (
        <Panel open shape="dialog" onClose={() => setLink(null)} title={t("settings.users.resetTitle")}>
          <LinkToCopy
            purpose="reset"
            token={link}
            words={t("settings.users.resetWords", { name: member.name })}
          />
        </Panel>
      ) : null}
    </li>
  );
}

/** It cannot be undone: what was theirs to enter is theirs no more until they are invited again. */
function Remove({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const remove = useAct<void, unknown>("members", (slug) =>
    told(
      api.DELETE("/api/businesses/{slug}/members/{user_id}", {
        params: { path: { slug, user_id: member.user_id } },
      }),
    ),
  );
  return (
    <Panel
      open
      shape="dialog"
      onClose={onClose}
      title={t("settings.users.removeTitle", { name: member.name })}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onError: sayRefusal,
                onSuccess: () => {
                  say(t("settings.users.removed", { name: member.name }));
                  onClose();
                },
              })
            }
          >
            {t("settings.users.remove")}
          </Button>
        </>
      }
    >
      <p>{t("settings.users.removeWords")}</p>
    </Panel>
  );
}
