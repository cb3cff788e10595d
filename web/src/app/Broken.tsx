import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { Button } from "@/ui/Button";
import { Empty } from "@/ui/Page";

/** A page that fell over: nothing that was saved is lost. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  const stale = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <main className="grid h-dvh place-items-center">
      <Empty
        title={stale ? t("broken.newVersion") : t("broken.title")}
        action={
          <Button look="primary" onClick={() => location.reload()}>
            {t("broken.reload")}
          </Button>
        }
      >
        {stale ? null : t("broken.words")}
      </Empty>
    </main>
  );
}

export function NotHere() {
  const { t } = useTranslation();
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <Empty
        title={t("broken.notHere")}
        action={
          <Button asChild>
            <Link to="/">{t("broken.home")}</Link>
          </Button>
        }
      />
    </main>
  );
}
