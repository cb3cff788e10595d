import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, keepToken, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { ME } from "@/session/me";
import { Button } from "@/ui/Button";
import { Refused } from "@/ui/Refused";
import { CodeField, PasswordField } from "./CodeField";
import { Door, Spent } from "./Door";
import { Invited } from "./Invited";

type Purpose = "reset" | "sign_in";
const PURPOSES: Purpose[] = ["reset", "sign_in"];

export function LinkPage() {
  const { purpose } = useParams();
  return purpose === "invitation" ? <Invited /> : <SignedLink />;
}

/** A signed link that works once, or an invitation. It is used when a person says so: a mail scanner that opens it spends nothing. */
function SignedLink() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { purpose } = useParams();
  const [query] = useSearchParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const known = PURPOSES.find((one) => one === purpose);

  const use = async (event: FormEvent) => {
    event.preventDefault();
    if (!known) return;
    setBusy(true);
    setRefusal(null);
    try {
      const body = {
        token: query.get("token") ?? "",
        password: known === "sign_in" ? null : password,
        code: needsCode ? code : null,
      };
      const me = await told(
        api.POST("/api/auth/links/{purpose}", { params: { path: { purpose: known } }, body }),
      );
      client.clear();
      client.setQueryData(ME, keepToken(me));
      await navigate("/", { replace: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "second_factor_needed") setNeedsCode(true);
      else setRefusal(error);
    } finally {
      setBusy(false);
    }
  };

  if (refusal?.code === "link_expired" || !known)
    return <Spent title={t(`link.title_${known ?? "sign_in"}`)} />;
  const weak = refusal?.code === "weak_password";
  return (
    <Door title={t(`link.title_${known}`)}>
      <form onSubmit={(event) => void use(event)} className="flex flex-col gap-4">
        {known === "sign_in" ? (
          <p className="text-ink-soft">{t("link.signInWords")}</p>
        ) : (
          <PasswordField
            fresh
            label={t("link.password")}
            value={password}
            onChange={setPassword}
            error={weak ? words(refusal) : null}
          />
        )}
        {needsCode ? <CodeField value={code} onChange={setCode} /> : null}
        {weak ? null : <Refused error={refusal} />}
        <Button type="submit" look="primary" busy={busy}>
          {t("link.enter")}
        </Button>
      </form>
    </Door>
  );
}
