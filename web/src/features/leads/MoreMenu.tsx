import { Download, Ellipsis, Upload } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useWhen } from "@/app/clock";
import { useBusiness, useMay } from "@/app/session";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { useFilter, useSayRefusal } from "./api";
import { exportOf, FORMATS, takeFile } from "./exports";

/** What is done with many leads and rarely: bringing them in a file, and taking them along in one. */
export function MoreMenu({ onImport }: { onImport: () => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { language } = useWhen();
  const [filter] = useFilter();
  const mayImport = useMay("manager");
  const sayRefusal = useSayRefusal();
  return (
    <Menu
      trigger={
        <Button size="icon" aria-label={t("leads.more")} title={t("leads.more")}>
          <Ellipsis className="size-4" />
        </Button>
      }
    >
      {mayImport ? (
        <>
          <MenuItem icon={<Upload className="size-4" />} onSelect={onImport}>
            {t("leads.import.menu")}
          </MenuItem>
          <MenuLine />
        </>
      ) : null}
      <MenuLabel>{t("leads.export.label")}</MenuLabel>
      {FORMATS.map((format) => {
        const href = exportOf(slug, filter, format, language);
        return (
          <DropdownMenu.Item key={format} asChild>
            <a
              href={href}
              download
              className="flex cursor-pointer items-center gap-2 rounded-control px-2.5 py-2 outline-none data-[highlighted]:bg-grey-soft"
              onClick={(event) => {
                event.preventDefault();
                takeFile(href).catch(sayRefusal);
              }}
            >
              <Download className="size-4" />
              {t(`leads.export.${format}`)}
            </a>
          </DropdownMenu.Item>
        );
      })}
    </Menu>
  );
}
