import { Ellipsis, Pencil, RefreshCw, Share2, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { cn } from "@/lib/cn";
import { useMay } from "@/session/business";
import { Menu, MenuItem } from "@/ui/Menu";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { say, sayUndoable } from "@/ui/toast";
import { ViewForm } from "./ViewForm";
import { isSameView, type SavedView, useChangeViews, useViews, viewOf } from "./views";

const NONE: SavedView[] = [];

/** Views that people keep: one press shows its leads, another shows all again. */
export function SavedViews() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const { data: views = NONE } = useViews();
  const [last, setLast] = useState<number | null>(null);
  const [renamed, setRenamed] = useState<SavedView | null>(null);
  const present = viewOf(query);
  const shown = views.find((view) => isSameView(view.query, present));
  if (shown && shown.id !== last) setLast(shown.id);
  if (!views.length) return null;

  const choose = (view: SavedView) => setQuery(view === shown ? "" : viewOf(new URLSearchParams(view.query)));
  return (
    <section aria-label={t("leads.views.label")} className="flex w-full flex-wrap items-center gap-2">
      {views.map((view) => (
        <Chip
          key={view.id}
          view={view}
          on={view === shown}
          open={view.id === last}
          present={present}
          onChoose={() => choose(view)}
          onRename={() => setRenamed(view)}
        />
      ))}
      {renamed ? (
        <ViewForm
          view={renamed}
          query={present}
          onClose={() => setRenamed(null)}
          onSaved={() => setRenamed(null)}
        />
      ) : null}
    </section>
  );
}

interface ChipProps {
  view: SavedView;
  on: boolean;
  /** It was chosen last: what can be done with it is in sight. */
  open: boolean;
  present: string;
  onChoose: () => void;
  onRename: () => void;
}

function Chip({ view, on, open, present, onChoose, onRename }: ChipProps) {
  const { t } = useTranslation();
  const mayChange = useMay("manager") || !view.shared;
  return (
    <span
      className={cn(
        "inline-flex h-8 max-w-full items-center rounded-full border",
        on ? "border-accent bg-accent-soft text-accent-text" : "border-line bg-surface text-ink-soft",
      )}
    >
      <button
        type="button"
        aria-pressed={on}
        onClick={onChoose}
        className={cn(
          "flex h-full min-w-0 items-center gap-1.5 rounded-full px-3 text-sm font-medium",
          !on && "hover:text-ink",
        )}
      >
        {view.shared ? (
          <Users role="img" aria-label={t("leads.views.shared")} className="size-3.5 shrink-0" />
        ) : null}
        <Words className="truncate">{view.name}</Words>
      </button>
      {open && mayChange ? <Actions view={view} present={present} on={on} onRename={onRename} /> : null}
    </span>
  );
}

function Actions({ view, on, present, onRename }: Pick<ChipProps, "view" | "on" | "present" | "onRename">) {
  const { t } = useTranslation();
  const mayShare = useMay("manager");
  const sayRefusal = useSayRefusal();
  const { edit, remove, restore } = useChangeViews();
  const change = (changes: { query: string } | { shared: boolean }) =>
    edit.mutate({ view, ...changes }, { onError: sayRefusal, onSuccess: () => say(t("leads.views.saved")) });
  const drop = async () => {
    try {
      await remove.mutateAsync(view);
      sayUndoable(t("leads.views.deleted", { name: view.name }), t("common.undo"), () => {
        restore(view).catch(sayRefusal);
      });
    } catch (error) {
      sayRefusal(error);
    }
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("leads.views.more", { name: view.name })}
          className="me-1 grid size-6 shrink-0 place-items-center rounded-full hover:bg-grey-soft hover:text-ink"
        >
          <Ellipsis className="size-4" />
        </button>
      }
    >
      <MenuItem icon={<Pencil className="size-4" />} onSelect={onRename}>
        {t("leads.views.rename")}
      </MenuItem>
      {on ? null : (
        <MenuItem icon={<RefreshCw className="size-4" />} onSelect={() => change({ query: present })}>
          {t("leads.views.update")}
        </MenuItem>
      )}
      {mayShare ? (
        <MenuItem icon={<Share2 className="size-4" />} onSelect={() => change({ shared: !view.shared })}>
          {view.shared ? t("leads.views.unshare") : t("leads.views.share")}
        </MenuItem>
      ) : null}
      <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => void drop()}>
        {t("common.delete")}
      </MenuItem>
    </Menu>
  );
}
