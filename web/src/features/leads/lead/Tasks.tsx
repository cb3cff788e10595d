import { Check, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { cn } from "@/lib/cn";
import { useKept } from "@/lib/kept";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { type Task, useLeadAction, useLeadTasks } from "../api";

const NO_TASKS: Task[] = [];

/** What staff mean to do for the lead. */
export function Tasks({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const mayWrite = useMay("agent");
  const { data: tasks = NO_TASKS } = useLeadTasks(leadId);
  const sayRefusal = useSayRefusal();
  const [text, setText] = useKept(`task.${leadId}`, "");
  const add = useLeadAction<string>(leadId, (slug, words) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/tasks", {
        params: { path: { slug, lead_id: leadId } },
        body: { text: words },
      }),
    ),
  );
  const tick = useLeadAction<Task>(leadId, (slug, task) =>
    told(
      api.PATCH("/api/businesses/{slug}/leads/{lead_id}/tasks/{task_id}", {
        params: { path: { slug, lead_id: leadId, task_id: task.id } },
        body: { done: task.done_at === null },
      }),
    ),
  );
  return (
    <section>
      <h3 className="mb-2 font-bold">{t("leads.tasks")}</h3>
      <ul className="flex flex-col gap-1">
        {tasks.map((task) => (
          <li key={task.id} className="flex items-center gap-2">
            <button
              type="button"
              role="checkbox"
              aria-checked={task.done_at !== null}
              aria-label={task.text}
              disabled={!mayWrite}
              onClick={() => tick.mutate(task, { onError: sayRefusal })}
              className={cn(
                "grid size-6 shrink-0 place-items-center rounded-control border border-line-strong",
                task.done_at && "border-accent bg-accent text-accent-ink",
              )}
            >
              {task.done_at ? <Check className="size-4" /> : null}
            </button>
            <Words className={cn(task.done_at && "text-ink-soft line-through")}>{task.text}</Words>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <form
          className="mt-2 flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (!text.trim()) return;
            add.mutate(text.trim(), { onError: sayRefusal, onSuccess: () => setText("") });
          }}
        >
          <Field label={t("leads.newTask")} silent className="grow">
            <Input
              dir="auto"
              value={text}
              maxLength={400}
              placeholder={t("leads.newTask")}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <Button type="submit" size="icon" aria-label={t("common.add")} busy={add.isPending}>
            <Plus className="size-4" />
          </Button>
        </form>
      ) : null}
    </section>
  );
}
