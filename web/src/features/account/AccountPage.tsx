import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { ActivityCard } from "./ActivityCard";
import { DevicesCard } from "./DevicesCard";
import { NameCard } from "./NameCard";
import { PasswordCard } from "./PasswordCard";
import { SecondFactorCard } from "./SecondFactorCard";

/** One's own name, password and second factor, where one is signed in, and what has happened. */
export function AccountPage() {
  const { t } = useTranslation();
  return (
    <main className="mx-auto max-w-2xl">
      <Page
        title={t("account.title")}
        actions={
          <Button asChild>
            <Link to="/">{t("account.back")}</Link>
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <NameCard />
          <PasswordCard />
          <SecondFactorCard />
          <DevicesCard />
          <ActivityCard />
        </div>
      </Page>
    </main>
  );
}
