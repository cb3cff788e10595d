import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { useBusiness } from "@/session/business";
import { MenuLabel } from "@/ui/Menu";
import { useSayRefusal } from "@/ui/Refused";
import { useFilter } from "../api";
import { exportOf, FORMATS } from "./exports";

/** Files of exactly what is filtered. The browser fetches them by itself. */
export function ExportLinks() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { language } = useWhen();
  const [filter] = useFilter();
  const sayRefusal = useSayRefusal();
  /** The file is fetched once it is known who sits here: a link cannot ask for a password. */
  const fetchFile = async (event: MouseEvent<HTMLAnchorElement>) => {
    event.preventDefault();
    const { href } = event.currentTarget;
    try {
      await told(api.GET("/api/auth/proof"));
    } catch (error) {
      sayRefusal(error);
      return;
    }
    const link = document.createElement("a");
    link.href = href;
    link.download = "";
    link.click();
  };
  return (
    <>
      <MenuLabel>{t("leads.export.label")}</MenuLabel>
      {FORMATS.map((format) => (
        <DropdownMenu.Item key={format} asChild>
          <a
            download
            onClick={(event) => void fetchFile(event)}
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
