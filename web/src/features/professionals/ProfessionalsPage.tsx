import { Plus, UserRound } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useProfessionals } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { useAddress } from "@/lib/address";
import { holds } from "@/lib/spelled";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { SearchField } from "@/ui/Field";
import { Empty, Failed, Page, Skeletons } from "@/ui/Page";
import { ProfessionalTable } from "./ProfessionalTable";

const NewProfessional = lazy(async () => ({ default: (await import("./NewProfessional")).NewProfessional }));
const ProfessionalPanel = lazy(async () => ({
  default: (await import("./ProfessionalPanel")).ProfessionalPanel,
}));

/** Everybody who gives the service; one opens beside the list. */
export function ProfessionalsPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { professionalId } = useParams();
  const navigate = useNavigate();
  const [query, set] = useAddress();
  const mayEdit = useMay("manager");
  const open = (id: number | null) => {
    const search = new URLSearchParams(query);
    search.delete("tab");
    search.delete("new");
    const pathname = `/b/${slug}/professionals${id === null ? "" : `/${id}`}`;
    void navigate({ pathname, search: search.toString() }, { replace: query.get("new") === "1" });
  };
  const add = mayEdit ? (
    <Button look="primary" onClick={() => set({ new: "1" })}>
      <Plus className="size-4" />
      {t("professionals.new")}
    </Button>
  ) : null;

  return (
    <Page
      title={t("professionals.title")}
      actions={add}
      tools={
        <SearchField
          label={t("professionals.search")}
          value={query.get("words") ?? ""}
          onChange={(words) => set({ words })}
          className="sm:w-64"
        />
      }
    >
      <List words={query.get("words") ?? ""} search={query.toString()} />
      <Suspense>
        {professionalId && Number(professionalId) ? (
          <ProfessionalPanel
            key={professionalId}
            professionalId={Number(professionalId)}
            onClose={() => open(null)}
          />
        ) : null}
        {query.get("new") === "1" && mayEdit ? (
          <NewProfessional onClose={() => set({ new: null })} onMade={open} />
        ) : null}
      </Suspense>
    </Page>
  );
}

function List({ words, search }: { words: string; search: string }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const { data, error, refetch } = useProfessionals();
  if (!data) {
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <Skeletons rows={8} className="h-12" />
    );
  }
  if (!data.length) {
    return (
      <Empty icon={<UserRound className="size-8" />} title={t("professionals.none")}>
        {t("professionals.noneWords")}
      </Empty>
    );
  }
  const found = data.filter((one) =>
    holds([one.name, one.base_locality ?? "", one.phone_e164, ...one.trades.map(tradeName)], words),
  );
  if (!found.length) {
    return <Empty title={t("professionals.noneFound")}>{t("professionals.noneFoundWords")}</Empty>;
  }
  return <ProfessionalTable professionals={found} search={search} />;
}
