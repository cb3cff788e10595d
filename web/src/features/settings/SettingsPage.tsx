import {
  Building2,
  CalendarOff,
  Columns3,
  History,
  MailWarning,
  MessageSquareText,
  Phone,
  Radar,
  Scale,
  ShieldCheck,
  Smartphone,
  Tags,
  Users,
} from "lucide-react";
import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, useNavigate, useParams } from "react-router";
import { cn } from "@/lib/cn";
import { useBusiness, useMay } from "@/session/business";
import { Field, Select } from "@/ui/Field";
import { NotHere } from "@/ui/NotHere";
import { Page, Skeletons } from "@/ui/Page";

const PARTS = {
  business: { icon: Building2, page: lazy(async () => ({ default: (await import("./Business")).Business })) },
  texts: {
    icon: MessageSquareText,
    page: lazy(async () => ({ default: (await import("./texts/Texts")).Texts })),
  },
  stages: { icon: Columns3, page: lazy(async () => ({ default: (await import("./Stages")).Stages })) },
  rest: { icon: CalendarOff, page: lazy(async () => ({ default: (await import("./Rest")).Rest })) },
  sweeps: { icon: Radar, page: lazy(async () => ({ default: (await import("./Sweeps")).Sweeps })) },
  dispatch: { icon: Scale, page: lazy(async () => ({ default: (await import("./Dispatch")).Dispatch })) },
  prices: { icon: Tags, page: lazy(async () => ({ default: (await import("./prices/Prices")).Prices })) },
  users: { icon: Users, page: lazy(async () => ({ default: (await import("./members/Members")).Members })) },
  channels: {
    icon: Smartphone,
    page: lazy(async () => ({ default: (await import("./Channels")).Channels })),
  },
  phones: {
    icon: Phone,
    page: lazy(async () => ({ default: (await import("./Phones")).Phones })),
  },
  astray: {
    icon: MailWarning,
    page: lazy(async () => ({ default: (await import("./DeadLetters")).DeadLetters })),
  },
  privacy: { icon: ShieldCheck, page: lazy(async () => ({ default: (await import("./Privacy")).Privacy })) },
  audit: { icon: History, page: lazy(async () => ({ default: (await import("./Audit")).Audit })) },
} satisfies Record<string, { icon: typeof Building2; page: ComponentType }>;

type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as Part[];
const FIRST: Part = "business";

/** How the business is set up: a list of parts beside the one that is open; on phones a choice above it. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { part = FIRST } = useParams();
  const manager = useMay("manager");
  const owner = useMay("owner");
  const navigate = useNavigate();
  if (!manager) return <NotHere />;
  const names = owner ? NAMES : NAMES.filter((name) => name !== "audit");
  const open = names.find((name) => name === part);
  if (!open) return <Navigate to={`/b/${slug}/settings`} replace />;
  const Open = PARTS[open].page;
  const at = (name: Part) => `/b/${slug}/settings/${name}`;
  return (
    <Page title={t("settings.title")}>
      <div className="flex flex-col gap-4 lg:flex-row lg:gap-8">
        <Field label={t("settings.parts")} silent className="lg:hidden">
          <Select value={open} onChange={(event) => void navigate(at(event.target.value as Part))}>
            {names.map((name) => (
              <option key={name} value={name}>
                {t(`settings.part.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
        <nav
          aria-label={t("settings.parts")}
          className="sticky top-4 hidden h-fit w-56 shrink-0 flex-col gap-0.5 lg:flex"
        >
          {names.map((name) => {
            const Icon = PARTS[name].icon;
            return (
              <NavLink
                key={name}
                to={at(name)}
                aria-current={name === open ? "page" : undefined}
                className={cn(
                  "flex h-9 items-center gap-2.5 rounded-control px-2.5 text-ink-soft transition-colors duration-150 hover:bg-grey-soft hover:text-ink",
                  name === open && "bg-grey-soft font-medium text-ink",
                )}
              >
                <Icon className="size-4 shrink-0" />
                {t(`settings.part.${name}`)}
              </NavLink>
            );
          })}
        </nav>
        <div className="min-w-0 max-w-4xl grow">
          <Suspense key={open} fallback={<Skeletons rows={5} />}>
            <Open />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
