import { Ellipsis, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { ExportLinks } from "./choose/ExportLinks";

/** What is done with many leads and rarely: bringing them in a file, and taking them along in one. */
export function MoreMenu({ onImport }: { onImport: () => void }) {
  const { t } = useTranslation();
  const mayImport = useMay("manager");
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
      <ExportLinks />
    </Menu>
  );
}
