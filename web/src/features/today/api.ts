import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type Today = Schemas["Today"];
export type Visit = Schemas["VisitLine"];
export type Figures = Schemas["Figures"];
export type Task = Schemas["TaskOfLead"];

/** Offers run out and leads come to stand still without anything happening that would tell of it. */
const ASK_AGAIN_MS = 30_000;

export function useToday() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "today"],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: () => told(api.GET("/api/businesses/{slug}/today", { params: { path: { slug } } })),
  });
}

export function useTasks() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "tasks"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/tasks", { params: { path: { slug } } })),
  });
}

/** The task leaves the list at once; when the server refuses, it comes back. */
export function useSetTaskDone() {
  const { slug } = useBusiness();
  const client = useQueryClient();
  const key = [slug, "tasks"];
  return useMutation({
    mutationFn: ({ task, done }: { task: Task; done: boolean }) =>
      told(
        api.PATCH("/api/businesses/{slug}/leads/{lead_id}/tasks/{task_id}", {
          params: { path: { slug, lead_id: task.lead_id, task_id: task.id } },
          body: { done },
        }),
      ),
    onMutate: async ({ task, done }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Task[]>(key);
      if (done) client.setQueryData<Task[]>(key, (tasks) => tasks?.filter((one) => one.id !== task.id));
      return { before };
    },
    onError: (_error, _change, context) => client.setQueryData(key, context?.before),
    onSettled: (_data, _error, { task }) => {
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: [slug, "lead", task.lead_id] });
    },
  });
}
