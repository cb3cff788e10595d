import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Languages, Moon, Plus, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { Words } from "@/ui/Said";
import { useItems } from "./items";
import { useSwitches } from "./switches";

const SHORTEST = 2;

/** Ctrl-K: places, actions, and people by name or phone. */
export function Commands({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { slug, role } = useBusiness();
  const [words, setWords] = useState("");
  const items = useItems();
  const navigate = useNavigate();
  const { toggleTheme, switchLanguage } = useSwitches();

  const asked = words.trim();
  const { data } = useQuery({
    queryKey: [slug, "leads", "search", asked],
    enabled: asked.length >= SHORTEST && role !== "professional",
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads", {
          params: { path: { slug }, query: { words: asked, limit: 8 } },
        }),
      ),
  });

  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  const row =
    "flex cursor-pointer items-center gap-2.5 rounded-control px-3 py-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-text";
  const heading =
    "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-soft";

  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label={t("nav.search")}
      loop
      overlayClassName="fixed inset-0 z-40 bg-black/30"
      contentClassName="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-xl rounded-card bg-surface shadow-float"
    >
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder={t("commands.placeholder")}
        className="h-12 w-full rounded-t-card border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-soft"
      />
      <Command.List className="thin-scroll max-h-[55dvh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-ink-soft">{t("commands.nothing")}</Command.Empty>
        {data?.leads.length ? (
          <Command.Group heading={t("nav.leads")} className={heading}>
            {data.leads.map((lead) => (
              <Command.Item
                key={lead.id}
                value={`${asked} ${lead.id}`}
                onSelect={() => go(`/b/${slug}/leads/${lead.id}`)}
                className={row}
              >
                <UserRound className="size-4 shrink-0" />
                <Words className="font-medium">{lead.customer_name ?? lead.phone ?? ""}</Words>
                <Words className="truncate text-ink-soft">{lead.description}</Words>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        <Command.Group heading={t("commands.places")} className={heading}>
          {items.map((item) => (
            <Command.Item key={item.to} value={item.label} onSelect={() => go(item.to)} className={row}>
              {item.icon}
              {item.label}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t("commands.actions")} className={heading}>
          {role !== "professional" && role !== "viewer" ? (
            <Command.Item
              value={t("leads.new")}
              onSelect={() => go(`/b/${slug}/leads?new=1`)}
              className={row}
            >
              <Plus className="size-4" />
              {t("leads.new")}
            </Command.Item>
          ) : null}
          <Command.Item value={t("commands.theme")} onSelect={run(toggleTheme)} className={row}>
            <Moon className="size-4" />
            {t("commands.theme")}
          </Command.Item>
          <Command.Item
            value={`${t("nav.otherLanguage")} language`}
            onSelect={run(switchLanguage)}
            className={row}
          >
            <Languages className="size-4" />
            {t("nav.otherLanguage")}
          </Command.Item>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}
