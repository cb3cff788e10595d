import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Navigate, useLocation, useNavigate, useParams } from "react-router";
import { api, type Me, meet, told, wasSignedIn, whenSignedOut } from "@/api/client";
import { ProofDialog } from "@/features/account/ProofDialog";
import { setLanguage } from "@/i18n";
import { ClockProvider } from "@/lib/clock";
import { Refusal } from "@/lib/refusal";
import { PlaceContext } from "@/session/business";
import { SIGN_OUT, useLeaving } from "@/session/leaving";
import { ME, MeContext, useMe } from "@/session/me";
import { Failed } from "@/ui/Page";
import { Splash } from "./Splash";

const useMeQuery = () =>
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

/** What follows is of the business that the address names, if it is one of theirs. */
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
