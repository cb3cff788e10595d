import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { Who } from "@/domain/Who";
import { useRefusalWords } from "@/i18n/refusals";
import { useKept } from "@/lib/kept";
import { Refusal } from "@/lib/refusal";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Textarea } from "@/ui/Field";
import { When, Words } from "@/ui/Said";

/** Notes that only staff see, on the newest request. */
export function Notes({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const client = useQueryClient();
  const refusal = useRefusalWords();
  const mayWrite = useMay("agent");
  const [text, setText] = useKept(`note.${leadId}`, "");
  const params = { path: { slug, lead_id: leadId } };
  const { data } = useQuery({
    queryKey: [slug, "lead", leadId],
    queryFn: () => told(api.GET("/api/businesses/{slug}/leads/{lead_id}", { params })),
  });
  const add = useMutation({
    mutationFn: () =>
      told(api.POST("/api/businesses/{slug}/leads/{lead_id}/notes", { params, body: { text: text.trim() } })),
    onSuccess: (lead) => {
      client.setQueryData([slug, "lead", leadId], lead);
      setText("");
    },
  });
  const notes = (data?.timeline ?? []).filter((entry) => entry.kind === "note").reverse();
  return (
    <section>
      <h3 className="mb-2 font-bold">{t("inbox.notes")}</h3>
      <ul className="mb-3 flex flex-col gap-2">
        {notes.map((note) => (
          <li key={note.id} className="rounded-control bg-amber-soft p-2">
            <p className="text-xs text-ink-soft">
              <Who actor={note.actor} /> · <When at={note.at} />
            </p>
            <p className="whitespace-pre-wrap">
              <Words>{String(note.details.text ?? "")}</Words>
            </p>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <Form className="flex flex-col gap-2" onSend={() => text.trim() && add.mutate()}>
          <Field
            label={t("leads.note")}
            hint={t("leads.noteHint")}
            error={add.error instanceof Refusal ? refusal(add.error) : null}
          >
            <Textarea value={text} maxLength={4000} onChange={(event) => setText(event.target.value)} />
          </Field>
          <Button type="submit" size="sm" busy={add.isPending} className="self-start">
            {t("leads.addNote")}
          </Button>
        </Form>
      ) : null}
    </section>
  );
}
