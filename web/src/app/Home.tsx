import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { recall } from "@/lib/store";
import { useMe } from "@/session/me";
import { Empty } from "@/ui/Page";

/** To the business that was looked at last, or the first. */
export function Home() {
  const { t } = useTranslation();
  const me = useMe();
  const last = me.businesses.find((place) => place.slug === recall("business")) ?? me.businesses[0];
  if (last) return <Navigate to={`/b/${last.slug}`} replace />;
  if (me.operator) return <Navigate to="/operator" replace />;
  return (
    <main className="grid h-dvh place-items-center">
      <Empty title={t("home.noBusiness")}>{t("home.askForInvitation")}</Empty>
    </main>
  );
}
