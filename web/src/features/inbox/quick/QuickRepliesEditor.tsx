import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { useTouched } from "@/session/touched";
import { Button, IconButton } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { say, sayUndoable } from "@/ui/toast";
import { QuickReplyForm } from "./QuickReplyForm";
import {
  isOwn,
  type OwnReply,
  type QuickReply,
  stepped,
  useChangeQuickReplies,
  useQuickReplies,
} from "./quickReplies";

/** The words staff have at hand: the business's own, or ours until it has any. */
export function QuickRepliesEditor({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuickReplies();
  const [adding, setAdding] = useState(false);
  const own = data?.filter(isOwn) ?? [];
  return (
    <Panel open onClose={onClose} title={t("inbox.quick")}>
      <div className="flex flex-col gap-4">
        {error && !data ? <Failed error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <Skeletons rows={5} className="h-16" /> : null}
        {data && !own.length ? <Ours replies={data} /> : null}
        {own.length ? (
          <ul className="flex flex-col divide-y divide-line">
            {own.map((reply) => (
              <Own key={reply.id} reply={reply} all={own} />
            ))}
          </ul>
        ) : null}
        {data && adding ? <Fresh onClose={() => setAdding(false)} /> : null}
        {data && !adding ? (
          <Button className="self-start" onClick={() => setAdding(true)}>
            <Plus className="size-4" />
            {t("inbox.quickNew")}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

function Fresh({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { adopt } = useChangeQuickReplies();
  const empty = { title: "", text: "", language: useLanguage() };
  const { values, change, clear } = useTouched("quick-reply.new", empty);
  const close = () => {
    clear();
    onClose();
  };
  return (
    <QuickReplyForm
      said={values}
      onChange={change}
      busy={adopt.isPending}
      error={adopt.error}
      onClose={close}
      onSave={() =>
        adopt.mutate([values], {
          onSuccess: () => {
            say(t("common.saved"));
            close();
          },
        })
      }
    />
  );
}

function Ours({ replies }: { replies: QuickReply[] }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const { adopt } = useChangeQuickReplies();
  return (
    <section className="flex flex-col gap-3">
      <p className="text-ink-soft">{t("inbox.quickOurs")}</p>
      <ul className="flex flex-col gap-2 rounded-card bg-sunken p-3">
        {replies.map((reply) => (
          <li key={reply.title}>
            <Said reply={reply} />
          </li>
        ))}
      </ul>
      <Button
        look="primary"
        className="self-start"
        busy={adopt.isPending}
        onClick={() =>
          adopt.mutate(
            replies.map(({ title, text, language }) => ({ title, text, language })),
            { onError: sayRefusal },
          )
        }
      >
        {t("inbox.quickStart")}
      </Button>
    </section>
  );
}

function Own({ reply, all }: { reply: OwnReply; all: OwnReply[] }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const { change, move, remove, restore } = useChangeQuickReplies();
  const [editing, setEditing] = useState(false);
  const stored = { title: reply.title, text: reply.text, language: reply.language };
  const {
    values,
    change: type,
    clear,
    versionFor,
  } = useTouched(`quick-reply.${reply.id}`, stored, reply.version);
  const close = () => {
    clear();
    change.reset();
    setEditing(false);
  };
  if (editing) {
    return (
      <li className="py-2">
        <QuickReplyForm
          said={values}
          onChange={type}
          busy={change.isPending}
          error={change.error}
          onClose={close}
          onSave={() =>
            change.mutate(
              { id: reply.id, version: versionFor(change.error), ...values },
              {
                onSuccess: () => {
                  say(t("common.saved"));
                  close();
                },
              },
            )
          }
        />
      </li>
    );
  }
  const step = (by: -1 | 1) => move.mutate(stepped(all, reply.id, by), { onError: sayRefusal });
  const drop = async () => {
    try {
      await remove.mutateAsync(reply);
      sayUndoable(t("inbox.quickDeleted", { title: reply.title }), t("common.undo"), () => {
        restore.mutateAsync(reply).catch(sayRefusal);
      });
    } catch (error) {
      sayRefusal(error);
    }
  };
  const { title } = reply;
  return (
    <li className="flex items-start gap-2 py-2">
      <Said reply={reply} />
      <span className="ms-auto flex shrink-0">
        <IconButton
          aria-label={t("inbox.quickUp", { title })}
          disabled={all[0]?.id === reply.id || move.isPending}
          onClick={() => step(-1)}
        >
          <ArrowUp className="size-4" />
        </IconButton>
        <IconButton
          aria-label={t("inbox.quickDown", { title })}
          disabled={all.at(-1)?.id === reply.id || move.isPending}
          onClick={() => step(1)}
        >
          <ArrowDown className="size-4" />
        </IconButton>
        <IconButton aria-label={t("inbox.quickEditOne", { title })} onClick={() => setEditing(true)}>
          <Pencil className="size-4" />
        </IconButton>
        <IconButton
          aria-label={t("inbox.quickDeleteOne", { title })}
          busy={remove.isPending}
          onClick={() => void drop()}
        >
          <Trash2 className="size-4" />
        </IconButton>
      </span>
    </li>
  );
}

function Said({ reply }: { reply: QuickReply }) {
  return (
    <span className="min-w-0">
      <span className="block font-medium">
        <Words>{reply.title}</Words>
      </span>
      <span className="block text-sm whitespace-pre-wrap text-ink-soft">
        <Words>{reply.text}</Words>
      </span>
    </span>
  );
}
