import { useQuery } from "@tanstack/react-query";
import { MessageSquareQuote } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useBusiness } from "@/app/session";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLabel } from "@/ui/Menu";
import { Words } from "@/ui/Said";

/** Words that are said often. */
export function QuickReplies({ onChoose }: { onChoose: (text: string) => void }) {
  const { t, i18n } = useTranslation();
  const { slug } = useBusiness();
  const language = i18n.language === "en" ? "en" : "he";
  const { data = [] } = useQuery({
    queryKey: [slug, "quick-replies", language],
    staleTime: 60_000,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/quick-replies", { params: { path: { slug }, query: { language } } }),
      ),
  });
  return (
    <Menu
      trigger={
        <Button size="icon" title={t("inbox.quick")} aria-label={t("inbox.quick")}>
          <MessageSquareQuote className="size-4" />
        </Button>
      }
    >
      <MenuLabel>{t("inbox.quick")}</MenuLabel>
      {data.map((reply) => (
        <MenuItem key={reply.title} onSelect={() => onChoose(reply.text)}>
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
    </Menu>
  );
}
