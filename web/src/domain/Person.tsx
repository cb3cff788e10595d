import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, MessageSquareQuote, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "@/api/client";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { When, Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { WishDialog } from "./WishDialog";

/** What a person has said about being written to, and for managers all of their data: taken along, or erased. */
export function Person({ contactId }: { contactId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const manager = useMay("manager");
  const mayWrite = useMay("agent");
  const sayRefusal = useSayRefusal();
  const [erasing, setErasing] = useState(false);
  const [telling, setTelling] = useState(false);
  const params = { path: { slug, contact_id: contactId } };
  const { data } = useQuery({
    queryKey: [slug, "privacy", contactId],
    queryFn: () => told(api.GET("/api/businesses/{slug}/contacts/{contact_id}/privacy", { params })),
  });
  /** The file is fetched once it is known who sits here: a link cannot ask for a password. */
  const fetchFile = async () => {
    try {
      await told(api.GET("/api/auth/proof"));
    } catch (error) {
      sayRefusal(error);
      return;
    }
    const link = document.createElement("a");
    link.href = `/api/businesses/${slug}/contacts/${contactId}/export`;
    link.download = "";
    link.click();
  };
  if (!data || (!mayWrite && !data.consents.length)) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-bold">{t("inbox.person.title")}</h3>
      {data.opted_out_at ? <p className="text-ink-soft">{t("inbox.person.optedOut")}</p> : null}
      <ul className="flex flex-col gap-1 text-sm">
        {data.consents.map((one) => (
          <li key={`${one.wish} ${one.at}`}>
            {t(`inbox.person.${one.wish}`)}: <Words>{one.words}</Words> · <When at={one.at} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {mayWrite ? (
          <Button size="sm" onClick={() => setTelling(true)}>
            <MessageSquareQuote className="size-4" />
            {t(data.opted_out_at ? "inbox.person.tellIn" : "inbox.person.tellOut")}
          </Button>
        ) : null}
        {manager ? (
          <>
            <Button size="sm" onClick={() => void fetchFile()}>
              <Download className="size-4" />
              {t("inbox.person.export")}
            </Button>
            <Button size="sm" look="danger" onClick={() => setErasing(true)}>
              <Trash2 className="size-4" />
              {t("inbox.person.erase")}
            </Button>
          </>
        ) : null}
      </div>
      {telling ? (
        <WishDialog
          contactId={contactId}
          wish={data.opted_out_at ? "in" : "out"}
          onClose={() => setTelling(false)}
        />
      ) : null}
      {erasing ? (
        <EraseDialog contactId={contactId} words={data.to_type} onClose={() => setErasing(false)} />
      ) : null}
    </section>
  );
}

interface Props {
  contactId: number;
  /** What has to be typed. */
  words: string;
  onClose: () => void;
}

/** Asked first, and typed: it cannot be taken back. */
function EraseDialog({ contactId, words, onClose }: Props) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sayRefusal = useSayRefusal();
  const [typed, setTyped] = useState("");
  const erase = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/businesses/{slug}/contacts/{contact_id}/erase", {
          params: { path: { slug, contact_id: contactId } },
          body: { typed },
        }),
      ),
    onSuccess: () => {
      say(t("inbox.person.erased"));
      onClose();
      void navigate(`/b/${slug}/inbox`);
      void client.invalidateQueries({ queryKey: [slug] });
    },
    onError: sayRefusal,
  });
  return (
    <Panel
      open
      shape="dialog"
      onClose={onClose}
      title={t("inbox.person.eraseTitle")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="danger"
            busy={erase.isPending}
            disabled={typed.trim() !== words}
            onClick={() => erase.mutate()}
          >
            {t("inbox.person.erase")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t("inbox.person.eraseWords")}</p>
        <Field label={t("inbox.person.type", { words })}>
          <Input dir="auto" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </div>
    </Panel>
  );
}
