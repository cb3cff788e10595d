import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api, keepToken, type Schemas, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal, refusalOf } from "@/lib/refusal";
import { ME } from "@/session/me";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Field";
import { Failed, Skeletons } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { CodeField, PasswordField } from "./CodeField";
import { Door, Spent } from "./Door";

/** What an invitation is to; whoever accepts chooses a password, and shows their present one if they have an account. */
export function Invited() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const token = query.get("token") ?? "";
  const seen = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => told(api.POST("/api/auth/invitations/look", { body: { token } })),
    retry: false,
  });
  const title = t("link.title_invitation");
  if (seen.error instanceof Refusal && seen.error.status === 410) return <Spent title={title} />;
  return (
    <Door title={title}>
      {seen.isPending ? (
        <Skeletons rows={3} />
      ) : seen.data ? (
        <Acceptance token={token} to={seen.data} />
      ) : (
        <Failed error={seen.error} retry={() => void seen.refetch()} />
      )}
    </Door>
  );
}

function Acceptance({ token, to }: { token: string; to: Schemas["InvitationSeen"] }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  /** An account of its own, although there is one of this address. */
  const [apart, setApart] = useState(false);
  const joins = to.has_account && !apart;
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const accept = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/auth/invitations", {
          body: { token, password, current: joins ? current : null, code: code.trim() || null },
        }),
      ),
    onSuccess: async (me) => {
      client.clear();
      client.setQueryData(ME, keepToken(me));
      await navigate("/", { replace: true });
    },
  });
  const [needsCode, setNeedsCode] = useState(false);
  const refused = refusalOf(accept.error);
  if (refused?.code === "second_factor_needed" && !needsCode) setNeedsCode(true);
  const ofNew = refused?.code === "weak_password" || refused?.code === "same_password";
  const wrong = refused?.code === "wrong_credentials";
  return (
    <Form className="flex flex-col gap-4" onSend={() => accept.mutate()}>
      <p>
        {t("link.invitedTo")} <bdi className="font-medium">{to.business}</bdi>
      </p>
      <p className="text-sm text-ink-soft">
        <bdi dir="ltr">{to.email}</bdi> · {t(`words.role.${to.role}`)}
      </p>
      {to.has_account ? (
        <>
          <p className="text-sm text-ink-soft">{t(joins ? "link.hasAccount" : "link.apartWords")}</p>
          {joins ? (
            <PasswordField
              label={t("account.currentPassword")}
              value={current}
              onChange={setCurrent}
              error={wrong ? t("account.wrongPassword") : null}
            />
          ) : null}
          <Button look="quiet" size="sm" className="self-start" onClick={() => setApart((now) => !now)}>
            {t(joins ? "link.apart" : "link.together")}
          </Button>
        </>
      ) : null}
      <PasswordField
        fresh
        label={t("link.password")}
        value={password}
        onChange={setPassword}
        error={ofNew && refused ? words(refused) : null}
      />
      {needsCode ? <CodeField value={code} onChange={setCode} /> : null}
      {refused && !ofNew && !wrong && refused.code !== "second_factor_needed" ? (
        <Refused error={refused} />
      ) : null}
      <Button type="submit" look="primary" busy={accept.isPending}>
        {t("link.enter")}
      </Button>
    </Form>
  );
}
