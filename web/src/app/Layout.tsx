import {
  ChevronsUpDown,
  Languages,
  LogOut,
  Menu as MenuIcon,
  Moon,
  Search,
  Sun,
  UserRound,
  WifiOff,
} from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useNavigate, useNavigation } from "react-router";
import { useLink, useLiveUpdates } from "@/api/live";
import { cn } from "@/lib/cn";
import { useBusiness } from "@/session/business";
import { useMe } from "@/session/me";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ICON, useItems } from "./items";
import { useSwitches } from "./switches";

const Commands = lazy(async () => ({ default: (await import("./Commands")).Commands }));

/** Navigation at the inline start on desktops, below on phones, and the page. */
export function Layout() {
  const { t } = useTranslation();
  const { slug, role } = useBusiness();
  const [searching, setSearching] = useState(false);
  const loading = useNavigation().state === "loading";
  useLiveUpdates(slug, useMe().id, role !== "professional");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyK") return;
      event.preventDefault();
      setSearching((now) => !now);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-3"
      >
        {t("nav.skip")}
      </a>
      <Side onSearch={() => setSearching(true)} />
      <main id="page" aria-busy={loading} className="relative flex min-h-0 min-w-0 grow flex-col">
        <div
          className={cn(
            "pointer-events-none absolute inset-x-0 top-0 z-20 h-0.5 bg-accent transition-opacity",
            loading ? "opacity-100 delay-150" : "opacity-0",
          )}
        />
        <Lost />
        <div className="relative min-h-0 grow overflow-y-auto">
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      <BottomBar onSearch={() => setSearching(true)} />
      {searching ? (
        <Suspense>
          <Commands onClose={() => setSearching(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function PageSkeleton() {
  return (
    <div className="p-6">
      <div className="skeleton mb-6 h-7 w-40" />
      <Skeletons />
    </div>
  );
}

/** Shown while the page does not hear of changes. What is typed stays. */
function Lost() {
  const { t } = useTranslation();
  if (useLink() === "live") return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2 bg-amber-soft px-4 py-2 text-sm font-medium text-amber sm:px-6"
    >
      <WifiOff className="size-4 shrink-0" />
      {t("common.connectionLost")}
    </p>
  );
}

function Side({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  const items = useItems();
  return (
    <nav
      aria-label={t("nav.label")}
      className="hidden w-52 shrink-0 flex-col gap-1 border-e border-line bg-sunken p-2 sm:flex"
    >
      <Switcher />
      <button
        type="button"
        onClick={onSearch}
        className="mb-2 flex h-9 items-center gap-2 rounded-control border border-line bg-surface px-2.5 text-ink-soft hover:border-line-strong"
      >
        <Search className="size-4" />
        <span className="me-auto">{t("nav.search")}</span>
        <kbd dir="ltr" className="text-xs">
          Ctrl K
        </kbd>
      </button>
      {items.map((item) => (
        <NavLink
          key={item.to}
          to={item.to}
          className={({ isActive }) =>
            cn(
              "flex h-9 items-center gap-2.5 rounded-control px-2.5 font-medium text-ink-soft transition-colors duration-150 hover:bg-grey-soft hover:text-ink",
              isActive && "bg-accent-soft text-accent-text hover:bg-accent-soft hover:text-accent-text",
            )
          }
        >
          {item.icon}
          {item.label}
        </NavLink>
      ))}
      <div className="mt-auto">
        <PersonMenu />
      </div>
    </nav>
  );
}

function Switcher() {
  const { t } = useTranslation();
  const me = useMe();
  const here = useBusiness();
  const navigate = useNavigate();
  const face = (
    <button
      type="button"
      className="mb-1 flex h-11 w-full items-center gap-2 rounded-control px-2 text-start font-bold hover:bg-grey-soft"
    >
      <img src="/icon.svg" alt="" className="size-6 shrink-0" />
      <span className="min-w-0 grow truncate">{here.name}</span>
      {me.businesses.length > 1 ? <span className="sr-only">{t("nav.switchBusiness")}</span> : null}
      {me.businesses.length > 1 ? <ChevronsUpDown className="size-4 shrink-0 text-ink-soft" /> : null}
    </button>
  );
  if (me.businesses.length < 2) return face;
  return (
    <Menu trigger={face} align="start">
      <MenuLabel>{t("nav.businesses")}</MenuLabel>
      {me.businesses.map((place) => (
        <MenuItem key={place.slug} onSelect={() => void navigate(`/b/${place.slug}`)}>
          {place.name}
        </MenuItem>
      ))}
    </Menu>
  );
}

function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { dark, toggleTheme, switchLanguage, signOut } = useSwitches();
  const navigate = useNavigate();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-11 w-full items-center gap-2 rounded-control px-2 text-start hover:bg-grey-soft"
        >
          <Avatar name={me.name} className="size-7 text-xs" />
          <span className="sr-only">{t("nav.person")}</span>
          <span className="min-w-0 grow truncate">{me.name}</span>
        </button>
      }
    >
      <MenuItem icon={<UserRound className="size-4" />} onSelect={() => void navigate("/account")}>
        {t("nav.account")}
      </MenuItem>
      <MenuItem icon={dark ? <Sun className="size-4" /> : <Moon className="size-4" />} onSelect={toggleTheme}>
        {dark ? t("nav.light") : t("nav.dark")}
      </MenuItem>
      <MenuItem icon={<Languages className="size-4" />} onSelect={switchLanguage}>
        {t("nav.otherLanguage")}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut className="size-4" />} onSelect={signOut}>
        {t("nav.signOut")}
      </MenuItem>
    </Menu>
  );
}

const PLACES_BELOW = 4;

function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  const items = useItems();
  const [more, setMore] = useState(false);
  const cell =
    "flex h-14 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-xs text-ink-soft";
  return (
    <nav aria-label={t("nav.label")} className="flex shrink-0 border-t border-line bg-surface sm:hidden">
      {items.slice(0, PLACES_BELOW).map((item) => (
        <NavLink
          key={item.to}
          to={item.to}
          className={({ isActive }) => cn(cell, isActive && "font-medium text-accent-text")}
        >
          {item.icon}
          <span className="max-w-full truncate">{item.label}</span>
        </NavLink>
      ))}
      <button type="button" className={cell} onClick={() => setMore(true)}>
        <MenuIcon className={ICON} />
        {t("nav.more")}
      </button>
      <Panel open={more} onClose={() => setMore(false)} title={t("nav.more")}>
        <div className="flex flex-col gap-1">
          <Switcher />
          {items.slice(PLACES_BELOW).map((item) => (
            <NavLink
              key={item.to}
              to={item.to}
              onClick={() => setMore(false)}
              className="flex h-11 items-center gap-3 rounded-control px-2 hover:bg-grey-soft"
            >
              {item.icon}
              {item.label}
            </NavLink>
          ))}
          <button
            type="button"
            onClick={() => {
              setMore(false);
              onSearch();
            }}
            className="flex h-11 items-center gap-3 rounded-control px-2 hover:bg-grey-soft"
          >
            <Search className={ICON} />
            {t("nav.search")}
          </button>
          <PersonMenu />
        </div>
      </Panel>
    </nav>
  );
}
