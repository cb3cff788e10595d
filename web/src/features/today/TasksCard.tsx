import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow } from "@/lib/clock";
import { useBusiness, useMay } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Card, Skeletons } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { When, Words } from "@/ui/Said";
import { sayUndoable } from "@/ui/toast";
import { type Task, useSetTaskDone } from "./api";

/** What staff still mean to do, the most urgent first. */
export function TasksCard({ tasks }: { tasks: Task[] | undefined }) {
  const { t } = useTranslation();
  const setDone = useSetTaskDone();
  const sayRefusal = useSayRefusal();
  const tick = (task: Task) =>
    setDone.mutate(
      { task, done: true },
      {
        onError: sayRefusal,
        onSuccess: () =>
          sayUndoable(t("today.taskDone"), t("common.undo"), () =>
            setDone.mutate({ task, done: false }, { onError: sayRefusal }),
          ),
      },
    );
  return (
    <div id="tasks" className="scroll-mt-4">
      <Card title={t("today.tasks")}>
        {!tasks ? <Skeletons rows={2} /> : null}
        {tasks && !tasks.length ? (
          <p className="text-ink-soft">
            <span className="font-bold text-ink">{t("today.noTasks")}</span>
            <br />
            {t("today.noTasksWords")}
          </p>
        ) : null}
        {tasks?.length ? (
          <ul className="-my-1 flex flex-col">
            {tasks.map((task) => (
              <TaskRow key={task.id} task={task} onTick={() => tick(task)} />
            ))}
          </ul>
        ) : null}
      </Card>
    </div>
  );
}

function TaskRow({ task, onTick }: { task: Task; onTick: () => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const mayWrite = useMay("agent");
  const now = useNow();
  const late = task.due_at !== null && Date.parse(task.due_at) < now.getTime();
  return (
    <li className="flex items-start gap-2 py-1.5">
      <button
        type="button"
        role="checkbox"
        aria-checked={false}
        aria-label={t("today.markDone", { task: task.text })}
        disabled={!mayWrite}
        onClick={onTick}
        className="grid size-6 shrink-0 place-items-center rounded-control border border-line-strong hover:bg-sunken disabled:opacity-55"
      />
      <Link to={`/b/${slug}/leads/${task.lead_id}`} className="min-w-0 grow hover:underline">
        <Words>{task.text}</Words>
        {task.customer ? (
          <span className="block truncate text-sm text-ink-soft">
            <bdi>{task.customer}</bdi>
          </span>
        ) : null}
      </Link>
      {task.due_at ? (
        <span className="flex shrink-0 flex-col items-end gap-0.5 text-sm text-ink-soft">
          <When at={task.due_at} />
          {late ? <Badge tone="red">{t("today.overdue")}</Badge> : null}
        </span>
      ) : null}
    </li>
  );
}
