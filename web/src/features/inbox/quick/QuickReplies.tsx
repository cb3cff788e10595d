import { MessageSquareQuote, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { Words } from "@/ui/Said";
import { QuickRepliesEditor } from "./QuickRepliesEditor";
import { useQuickReplies } from "./quickReplies";

/** Words that are said often. */
export function QuickReplies({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useTranslation();
  const mayEdit = useMay("manager");
  const { data = [] } = useQuickReplies();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" title={t("inbox.quick")} aria-label={t("inbox.quick")}>
            <MessageSquareQuote className="size-4" />
          </Button>
        }
      >
        <MenuLabel>{t("inbox.quick")}</MenuLabel>
        {data.map((reply) => (
          <MenuItem key={reply.id ?? reply.title} onSelect={() => onChoose(reply.text)}>
            <span className="max-w-72">
              <span className="block font-medium">
                <Words>{reply.title}</Words>
              </span>
              <span className="line-clamp-2 text-sm text-ink-soft">
                <Words>{reply.text}</Words>
              </span>
            </span>
          </MenuItem>
        ))}
        {mayEdit ? (
          <>
            <MenuLine />
            <MenuItem icon={<Pencil className="size-4" />} onSelect={() => setEditing(true)}>
              {t("inbox.quickEdit")}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {editing ? <QuickRepliesEditor onClose={() => setEditing(false)} /> : null}
    </>
  );
}
