import { Columns3, Plus, Rows3 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useAddress } from "@/lib/address";
import { useSettled } from "@/lib/settled";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Chips";
import { SearchField } from "@/ui/Field";
import { Page, Skeletons } from "@/ui/Page";
import { useFilter } from "./api";
import { FilterChips, FilterMenu } from "./Filters";
import { MoreMenu } from "./MoreMenu";
import { LeadTable } from "./table/LeadTable";

const Board = lazy(async () => ({ default: (await import("./table/Board")).Board }));
const ImportPanel = lazy(async () => ({ default: (await import("./importing/ImportPanel")).ImportPanel }));
const LeadPanel = lazy(async () => ({ default: (await import("./lead/LeadPanel")).LeadPanel }));
const SavedViews = lazy(async () => ({ default: (await import("./views/SavedViews")).SavedViews }));
const NewLead = lazy(async () => ({ default: (await import("./NewLead")).NewLead }));

type View = "table" | "board";

/** All requests, as a table or on the board; one opens beside the list. */
export function LeadsPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { leadId } = useParams();
  const navigate = useNavigate();
  const [query, set] = useAddress();
  const mayWrite = useMay("agent");
  const mayImport = useMay("manager");
  const view: View = query.get("view") === "board" ? "board" : "table";
  const open = (id: number | null) =>
    void navigate({ pathname: `/b/${slug}/leads${id === null ? "" : `/${id}`}`, search: query.toString() });

  return (
    <Page
      full
      title={t("leads.title")}
      actions={
        mayWrite ? (
          <>
            <MoreMenu onImport={() => set({ import: "1" })} />
            <Button look="primary" onClick={() => set({ new: "1" })}>
              <Plus className="size-4" />
              {t("leads.new")}
            </Button>
          </>
        ) : null
      }
      tools={
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox />
          <FilterMenu />
          <div className="ms-auto">
            <Segments<View>
              label={t("leads.view")}
              value={view}
              onChange={(next) => set({ view: next === "board" ? "board" : null })}
              options={[
                {
                  value: "table",
                  label: <Labelled icon={<Rows3 className="size-4" />} words={t("leads.table")} />,
                },
                {
                  value: "board",
                  label: <Labelled icon={<Columns3 className="size-4" />} words={t("leads.board")} />,
                },
              ]}
            />
          </div>
          <Suspense fallback={null}>
            <SavedViews />
          </Suspense>
          <FilterChips />
        </div>
      }
    >
      <Suspense fallback={<Skeletons rows={10} />}>
        {view === "board" ? <Board onOpen={open} /> : <LeadTable onOpen={open} />}
      </Suspense>
      <Suspense>
        {leadId && Number(leadId) ? (
          <LeadPanel key={leadId} leadId={Number(leadId)} onClose={() => open(null)} onOpen={open} />
        ) : null}
        {query.get("new") === "1" && mayWrite ? (
          <NewLead
            onClose={() => set({ new: null })}
            onMade={(id) => void navigate(`/b/${slug}/leads/${id}`, { replace: true })}
          />
        ) : null}
        {query.get("import") === "1" && mayImport ? (
          <ImportPanel onClose={() => set({ import: null })} />
        ) : null}
      </Suspense>
    </Page>
  );
}

function Labelled({ icon, words }: { icon: ReactNode; words: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {icon}
      {words}
    </span>
  );
}

/** What is typed is looked for once the typing pauses. */
function SearchBox() {
  const { t } = useTranslation();
  const [filter, change] = useFilter();
  const [typed, setTyped] = useState(filter.words);
  const settled = useSettled(typed, 250);
  const known = useRef(filter.words);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (settled === filter.words) return;
    known.current = settled;
    change({ words: settled });
  }, [settled]);
  // A view that was chosen brings words of its own.
  useEffect(() => {
    if (filter.words === known.current) return;
    known.current = filter.words;
    setTyped(filter.words);
  }, [filter.words]);

  return <SearchField label={t("leads.search")} value={typed} onChange={setTyped} className="sm:w-64" />;
}
