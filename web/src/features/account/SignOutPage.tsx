import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { isLeaving, leave } from "@/session/leaving";
import { Button } from "@/ui/Button";
import { Alert } from "@/ui/Refused";
import { Door } from "./Door";
import { localPath } from "./localPath";

/** Says that somebody is out only once they are; until then it tries again whenever there may be a connection. */
export function SignOutPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [query] = useSearchParams();
  const next = localPath(query.get("next"), "/sign-in");
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(true);

  const go = useCallback(async () => {
    setBusy(true);
    try {
      if (isLeaving()) await leave();
      client.clear();
      await navigate(next, { replace: true });
    } catch {
      setFailed(true);
      setBusy(false);
    }
  }, [client, navigate, next]);

  useEffect(() => {
    const again = () => void go();
    again();
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [go]);

  return (
    <Door title={t("signOut.title")}>
      <div className="flex flex-col gap-4">
        {failed ? <Alert>{t("signOut.failed")}</Alert> : <p role="status">{t("signOut.going")}</p>}
        {failed ? (
          <Button look="primary" busy={busy} onClick={() => void go()}>
            {t("signOut.again")}
          </Button>
        ) : null}
      </div>
    </Door>
  );
}
