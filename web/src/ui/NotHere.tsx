import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "./Button";
import { Empty } from "./Page";

/** There is no such page. */
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
