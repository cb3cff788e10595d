import { Languages } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { setLanguage } from "@/i18n";
import { Button } from "@/ui/Button";
import { Alert } from "@/ui/Refused";

/** What stands before the console: one card in the middle. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Proli`;
  }, [title]);
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken p-4">
      <div className="w-full max-w-sm">
        <div className="rounded-card border border-line bg-surface p-6">
          <img src="/icon.svg" alt="Proli" className="mb-4 size-10" />
          <h1 className="mb-5 text-xl font-bold">{title}</h1>
          {children}
        </div>
        <Button
          look="quiet"
          className="mt-3"
          onClick={() => void setLanguage(i18n.language === "en" ? "he" : "en")}
        >
          <Languages className="size-4" />
          {t("nav.otherLanguage")}
        </Button>
      </div>
    </main>
  );
}

/** A link that is worth nothing any more. */
export function Spent({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <Door title={title}>
      <div className="flex flex-col gap-4">
        <Alert>{t("refusals.link_expired")}</Alert>
        <Button asChild>
          <Link to="/sign-in">{t("link.toSignIn")}</Link>
        </Button>
      </div>
    </Door>
  );
}
