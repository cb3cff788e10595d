import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useWhen } from "@/app/clock";
import { useBusiness } from "@/app/session";
import { MenuLabel } from "@/ui/Menu";
import { useFilter } from "./api";
import { exportOf, FORMATS } from "./exports";

/** Files of exactly what is filtered. The browser fetches them by itself, so a sign-in that has run out is made anew. */
export function ExportLinks() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { language } = useWhen();
  const [filter] = useFilter();
  useEffect(() => {
    told(api.GET("/api/me")).catch(() => undefined);
  }, []);
  return (
    <>
      <MenuLabel>{t("leads.export.label")}</MenuLabel>
      {FORMATS.map((format) => (
        <DropdownMenu.Item key={format} asChild>
          <a
            download
            href={exportOf(slug, filter, format, language)}
            className="flex cursor-pointer items-center gap-2 rounded-control px-2.5 py-2 outline-none data-[highlighted]:bg-grey-soft"
          >
            <Download className="size-4" />
            {t(`leads.export.${format}`)}
          </a>
        </DropdownMenu.Item>
      ))}
    </>
  );
}
