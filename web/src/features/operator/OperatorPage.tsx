import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/session/me";
import { Button } from "@/ui/Button";
import { NotHere } from "@/ui/NotHere";
import { Page } from "@/ui/Page";
import { Businesses } from "./Businesses";
import { HealthCards } from "./Health";
import { SecurityLog } from "./SecurityLog";

/** The installation as whoever runs it sees it: how it is doing, and every business on it. */
export function OperatorPage() {
  const { t } = useTranslation();
  const { operator } = useMe();
  if (!operator) return <NotHere />;
  return (
    <main className="mx-auto max-w-6xl">
      <Page
        title={t("operator.title")}
        actions={
          <Button asChild>
            <Link to="/">
              <ArrowRight className="size-4 ltr:-scale-x-100" />
              {t("operator.back")}
            </Link>
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <HealthCards />
          <Businesses />
          <SecurityLog />
        </div>
      </Page>
    </main>
  );
}
