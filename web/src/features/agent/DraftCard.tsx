import { CircleCheck, FlaskConical, HardDrive, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Refusal } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Textarea } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { say, sayUndoable } from "@/ui/toast";
import { draftOf, LONGEST, type Prompts, publishedOf, usePublish, useRollBack, useSaveDraft } from "./api";
import { Diff } from "./Diff";
import { type Draft, isSame, useDraft } from "./draft";

/** Where guidance is written, compared and published. */
export function DraftCard({ prompts }: { prompts: Prompts }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const draft = useDraft(prompts);
  const actions = useActions(prompts, draft);
  const published = publishedOf(prompts)?.text ?? "";
  const changes = !isSame(draft.text, published);
  return (
    <>
      <Card title={t("agent.prompts.draft")}>
        <div className="flex flex-col gap-3">
          <Field label={t("agent.prompts.draft")} silent hint={t("agent.prompts.draftHint")}>
            <Textarea
              className="min-h-64"
              dir={draft.text ? "auto" : undefined}
              maxLength={LONGEST}
              placeholder={t("agent.prompts.placeholder")}
              value={draft.text}
              onChange={(event) => draft.write(event.target.value)}
            />
          </Field>
          <div className="flex flex-wrap items-center justify-between gap-2 text-sm text-ink-soft">
            <Standing prompts={prompts} draft={draft} />
            <span className="tabular-nums">
              {t("agent.prompts.length", {
                length: draft.text.length.toLocaleString("en-US"),
                most: LONGEST.toLocaleString("en-US"),
              })}
            </span>
          </div>
          {draft.overtaken ? <Overtaken prompts={prompts} draft={draft} actions={actions} /> : null}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              look="primary"
              busy={actions.publishing}
              disabled={!changes || draft.overtaken}
              onClick={actions.publish}
            >
              {t("agent.prompts.publish")}
            </Button>
            <Button
              busy={actions.saving}
              disabled={!draft.unsaved || draft.overtaken}
              onClick={() => actions.save()}
            >
              {t("agent.prompts.saveDraft")}
            </Button>
            {changes && published ? (
              <Button look="quiet" onClick={() => startOver(published)}>
                {t("agent.prompts.startOver")}
              </Button>
            ) : null}
            <Button asChild look="quiet" className="ms-auto">
              <Link to={`/b/${slug}/simulator${draftOf(prompts) ? "?draft=1" : ""}`}>
                <FlaskConical className="size-4" />
                {t("agent.prompts.tryIt")}
              </Link>
            </Button>
          </div>
        </div>
      </Card>
      {changes ? (
        <Card title={t("agent.prompts.changes")}>
          <Diff before={published} after={draft.text.trim()} />
        </Card>
      ) : null}
    </>
  );

  function startOver(text: string) {
    const typed = draft.text;
    draft.writeOver(text);
    sayUndoable(t("agent.prompts.startedOver"), t("common.undo"), () => draft.writeOver(typed));
  }
}

/** Where what is written stands: here alone, in the draft, or published. */
function Standing({ prompts, draft }: { prompts: Prompts; draft: Draft }) {
  const { t } = useTranslation();
  if (draft.unsaved) {
    return (
      <span className="flex items-center gap-1.5">
        <HardDrive className="size-4" />
        {t("agent.prompts.keptHere")}
      </span>
    );
  }
  const published = publishedOf(prompts);
  const words = draftOf(prompts)
    ? t("agent.prompts.draftSaved")
    : published
      ? t("agent.prompts.sameAsPublished")
      : t("agent.prompts.nothingWritten");
  return (
    <span className="flex items-center gap-1.5" role="status">
      <CircleCheck className="size-4" />
      {words}
    </span>
  );
}

interface Actions {
  save: () => void;
  publish: () => void;
  saving: boolean;
  publishing: boolean;
}

function useActions(prompts: Prompts, draft: Draft): Actions {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const save = useSaveDraft(prompts.channel);
  const publish = usePublish(prompts.channel);
  const back = useRollBack(prompts.channel);
  /** A text that was overtaken is shown beside the newer one; anything else is said. */
  const onError = (error: unknown) => {
    if (!(error instanceof Refusal && error.code === "prompt_changed")) sayRefusal(error);
  };
  const writing = { text: draft.text, version: draft.base.version };
  return {
    saving: save.isPending,
    publishing: publish.isPending || back.busy,
    save: () =>
      save.mutate(writing, {
        onError,
        onSuccess: (now) => {
          draft.saved(writing.text, now);
          say(t("agent.prompts.saidDraft"));
        },
      }),
    publish: () => {
      const before = publishedOf(prompts)?.number;
      publish.mutate(
        { ...writing, unsaved: draft.unsaved || !draftOf(prompts) },
        {
          onError,
          onSuccess: (now) => {
            draft.saved(writing.text, now);
            const words = t("agent.prompts.saidPublished", { number: publishedOf(now)?.number });
            if (before === undefined) say(words);
            else sayUndoable(words, t("common.undo"), () => back.run(before, publishedOf(now)?.number));
          },
        },
      );
    },
  };
}

/** The newer text beside what is written here; either can be gone on with. */
function Overtaken({ prompts, draft, actions }: { prompts: Prompts; draft: Draft; actions: Actions }) {
  const { t } = useTranslation();
  const title = useId();
  return (
    <section
      aria-labelledby={title}
      className="flex flex-col gap-3 rounded-card border border-line-strong/60 p-3"
    >
      <h3 id={title} role="alert" className="flex items-center gap-2 font-bold text-amber">
        <TriangleAlert className="size-4 shrink-0" />
        {draftOf(prompts) ? t("agent.prompts.changedMeanwhile") : t("agent.prompts.publishedMeanwhile")}
      </h3>
      <p>{t("agent.prompts.changedWords")}</p>
      <Diff before={draft.base.text} after={draft.text.trim()} />
      <div className="flex flex-wrap gap-2">
        <Button busy={actions.saving} onClick={actions.save}>
          {t("agent.prompts.keepMine")}
        </Button>
        <Button onClick={take}>{t("agent.prompts.takeTheirs")}</Button>
      </div>
    </section>
  );

  function take() {
    const typed = draft.text;
    draft.drop();
    sayUndoable(t("agent.prompts.tookTheirs"), t("common.undo"), () => draft.writeOver(typed));
  }
}
