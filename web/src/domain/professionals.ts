import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";

export type Professional = Schemas["ProfessionalOut"];

/** Everybody who gives the service. */
export function useProfessionals() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "professionals"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/professionals", { params: { path: { slug } } })),
  });
}
