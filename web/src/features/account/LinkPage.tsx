import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { api, keepToken, Refusal, told } from "@/api/client";
import { ME } from "@/app/session";
import { useRefusalWords } from "@/i18n/refusals";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Door } from "./Door";

type Purpose = "invitation" | "reset" | "sign_in";
const PURPOSES: Purpose[] = ["invitation", "reset", "sign_in"];

/** A signed link that works once. It is used when a person says so: a mail scanner that opens it spends nothing. */
export function LinkPage() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { purpose } = useParams();
  const [query] = useSearchParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const known = PURPOSES.find((one) => one === purpose);

  const use = async (event: FormEvent) => {
    event.preventDefault();
    if (!known) return;
    setBusy(true);
    setRefusal(null);
    try {
      const body = { token: query.get("token") ?? "", password: known === "sign_in" ? null : password };
      const me = await told(
        api.POST("/api/auth/links/{purpose}", { params: { path: { purpose: known } }, body }),
      );
      client.clear();
      client.setQueryData(ME, keepToken(me));
      await navigate("/", { replace: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };

  const spent = refusal?.code === "link_expired" || !known;
  return (
    <Door title={t(`link.title_${known ?? "sign_in"}`)}>
      {spent ? (
        <div className="flex flex-col gap-4">
          <p role="alert" className="rounded-control bg-red-soft p-3 text-red">
            {t("refusals.link_expired")}
          </p>
          <Button asChild>
            <Link to="/sign-in">{t("link.toSignIn")}</Link>
          </Button>
        </div>
      ) : (
        <form onSubmit={(event) => void use(event)} className="flex flex-col gap-4">
          {known === "sign_in" ? (
            <p className="text-ink-soft">{t("link.signInWords")}</p>
          ) : (
            <Field
              label={t("link.password")}
              hint={t("link.passwordHint")}
              error={refusal ? words(refusal) : null}
            >
              <Input
                type="password"
                dir="ltr"
                autoComplete="new-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
          )}
          {refusal && known === "sign_in" ? (
            <p role="alert" className="text-red">
              {words(refusal)}
            </p>
          ) : null}
          <Button type="submit" look="primary" busy={busy}>
            {t("link.enter")}
          </Button>
        </form>
      )}
    </Door>
  );
}
