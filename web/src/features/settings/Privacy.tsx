import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { same } from "@/lib/same";
import { useBusiness } from "@/session/business";
import { Field, Input } from "@/ui/Field";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { When } from "@/ui/Said";
import { Intro, SaveBar } from "./parts";

type Retention = Schemas["Retention"];
/** The least that the server takes, and the most. */
const LEAST = { messages: 30, media: 7, recordings: 1, traces: 7, audit: 180 } as const;
const MOST = 3650;
const KINDS = Object.keys(LEAST) as (keyof typeof LEAST)[];

/** For how long what is kept, and what was deleted. */
export function Privacy() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const params = { path: { slug } };
  const retention = useQuery({
    queryKey: [slug, "retention"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/retention", { params })),
  });
  if (retention.isPending) return <Skeletons rows={5} />;
  if (!retention.data) return <Failed error={retention.error} retry={() => void retention.refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.privacy.intro")}</Intro>
      <Days stored={retention.data} />
      <Receipts />
    </div>
  );
}

function Days({ stored }: { stored: Retention }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const client = useQueryClient();
  const [touched, setTouched] = useState<Partial<Retention>>({});
  const values = { ...stored, ...touched };
  const save = useMutation({
    mutationFn: () =>
      told(api.PUT("/api/businesses/{slug}/retention", { params: { path: { slug } }, body: values })),
    onSuccess: (now) => {
      client.setQueryData([slug, "retention"], now);
      setTouched({});
    },
  });
  return (
    <Card title={t("settings.privacy.title")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {KINDS.map((kind) => (
          <Field key={kind} label={t(`settings.privacy.${kind}`)} hint={t(`settings.privacy.${kind}Words`)}>
            <Input
              type="number"
              className="w-32"
              required
              min={LEAST[kind]}
              max={MOST}
              value={values[kind] || ""}
              onChange={(event) => setTouched({ ...touched, [kind]: event.target.valueAsNumber || 0 })}
            />
          </Field>
        ))}
        <SaveBar dirty={!same(values, stored)} edit={save} onCancel={() => setTouched({})} />
      </form>
    </Card>
  );
}

function Receipts() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data } = useQuery({
    queryKey: [slug, "receipts"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/receipts", { params: { path: { slug } } })),
  });
  if (!data) return <Skeletons rows={2} />;
  if (!data.length)
    return (
      <Empty icon={<FileCheck className="size-8" />} title={t("settings.privacy.noReceipts")}>
        {t("settings.privacy.noReceiptsWords")}
      </Empty>
    );
  return (
    <Card title={t("settings.privacy.receipts")}>
      <ul className="-my-1 divide-y divide-line">
        {data.map((one) => (
          <li key={`${one.kind} ${one.at} ${one.count}`} className="flex flex-wrap gap-x-3 py-2">
            <span className="font-medium">{t(`settings.privacy.kind.${one.kind}`)}</span>
            <span>{t("settings.privacy.count", { count: one.count })}</span>
            <span className="text-ink-soft">
              {t("settings.privacy.until")} <When at={one.until} />
            </span>
            <When at={one.at} className="ms-auto text-sm text-ink-soft" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
