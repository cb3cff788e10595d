import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { Navigate, useLocation, useNavigate, useParams } from "react-router";
import { api, type Me, meet, Refusal, type Schemas, told, wasSignedIn, whenSignedOut } from "@/api/client";
import { setLanguage } from "@/i18n";
import { Failed } from "@/ui/Page";
import { ClockProvider } from "./clock";
import { SIGN_OUT, useLeaving } from "./leaving";
import { ProofDialog } from "./ProofDialog";
import { Splash } from "./Splash";

export type Place = Schemas["Place"];
export type Role = Schemas["Role"];

export const ME = ["me"];

export const useMeQuery = () =>
  useQuery({
    queryKey: ME,
    queryFn: async () => {
      if (!wasSignedIn()) throw new Refusal(401, { code: "unauthenticated" });
      const me = await told(api.GET("/api/me"));
      return meet(me) ? me : new Promise<Me>(() => undefined);
    },
    staleTime: 60_000,
    retry: (failures, error) => failures < 3 && !(error instanceof Refusal && error.status === 401),
  });

const MeContext = createContext<Me | null>(null);

/** Who is signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("nobody is signed in here");
  return me;
}

/** What follows is for people who are signed in; whoever is on their way out is signed out before anything else. */
export function SignedIn({ children }: { children: ReactNode }) {
  return useLeaving() ? <Navigate to={SIGN_OUT} replace /> : <Entered>{children}</Entered>;
}

/** The doors: nobody who is on their way out stands before them as if they were. */
export function SignedOut({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation();
  const signOut = `${SIGN_OUT}?next=${encodeURIComponent(pathname + search)}`;
  return useLeaving() ? <Navigate to={signOut} replace /> : children;
}

/** Others sign in first and come back to the same place. */
function Entered({ children }: { children: ReactNode }) {
  const { data: me, error, refetch } = useMeQuery();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const signIn = `/sign-in?next=${encodeURIComponent(pathname + search)}`;

  useEffect(() => {
    whenSignedOut(() => {
      // what the page shows is forgotten once it is left: while it stands it would ask for all of it again
      void Promise.resolve(navigate(signIn, { replace: true })).finally(() => client.clear());
    });
    return () => whenSignedOut(() => undefined);
  }, [client, navigate, signIn]);

  useEffect(() => {
    if (me) void setLanguage(me.language);
  }, [me]);

  if (me) {
    return (
      <MeContext value={me}>
        {children}
        <ProofDialog me={me} />
      </MeContext>
    );
  }
  if (error instanceof Refusal && error.status === 401) return <Navigate to={signIn} replace />;
  if (error) {
    return (
      <main className="p-6">
        <Failed error={error} retry={() => void refetch()} />
      </main>
    );
  }
  return <Splash />;
}

const PlaceContext = createContext<Place | null>(null);

/** The business of the page. */
export function useBusiness(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("this page is of no business");
  return place;
}

export function InBusiness({ children }: { children: ReactNode }) {
  const me = useMe();
  const { slug } = useParams();
  const place = me.businesses.find((one) => one.slug === slug);
  if (!place) return <Navigate to="/" replace />;
  return (
    <PlaceContext value={place}>
      <ClockProvider zone={place.zone}>{children}</ClockProvider>
    </PlaceContext>
  );
}

const RANK: Record<Role, number> = { professional: 0, viewer: 1, agent: 2, manager: 3, owner: 4 };

/** Whether the person may do here what `needed` may. The server decides; this only hides what it would refuse. */
export function useMay(needed: Exclude<Role, "professional">): boolean {
  return RANK[useBusiness().role] >= RANK[needed];
}
