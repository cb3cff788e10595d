import { Star } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { sayDuration, sayWhen } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { type Report, useActivity } from "./api";
import { weeksOf } from "./weeks";

const WeeksChart = lazy(async () => ({ default: (await import("./WeeksChart")).WeeksChart }));

/** The last ninety days: visits, answers to offers, what customers gave. */
export function ActivityTab({ professionalId }: { professionalId: number }) {
  const { t } = useTranslation();
  const { data: report, error, refetch } = useActivity(professionalId);
  if (!report) {
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <Skeletons rows={3} className="h-28" />
    );
  }
  const visits = report.bookings.reduce((sum, day) => sum + day.booked, 0);
  const asked = report.acceptance.find((one) => one.professional_id === professionalId);
  if (!visits && !asked && !report.ratings.count) {
    return (
      <Empty icon={<Star className="size-7" />} title={t("professionals.noActivity")}>
        {t("professionals.noActivityWords")}
      </Empty>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <p className="text-ink-soft">{t("professionals.activityWords")}</p>
      <Visits report={report} professionalId={professionalId} />
      <Answers asked={asked} />
      <Ratings ratings={report.ratings} />
      {report.comments.length ? <Comments comments={report.comments} /> : null}
    </div>
  );
}

function Visits({ report, professionalId }: { report: Report; professionalId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const total = (name: "booked" | "done" | "cancelled") =>
    report.bookings.reduce((sum, day) => sum + day[name], 0);
  const weeks = weeksOf(report.bookings);
  return (
    <section aria-labelledby="activity-visits">
      <h3 id="activity-visits" className="mb-2 font-bold">
        {t("professionals.visits")}
      </h3>
      <Figures>
        <Figure
          words={t("professionals.booked")}
          value={total("booked")}
          to={`/b/${slug}/leads?professional=${professionalId}`}
        />
        <Figure
          words={t("professionals.done")}
          value={total("done")}
          to={`/b/${slug}/leads?professional=${professionalId}&status=done`}
        />
        <Figure words={t("professionals.cancelled")} value={total("cancelled")} />
      </Figures>
      {weeks.length > 1 ? (
        <Suspense fallback={<div className="skeleton mt-3 h-44" />}>
          <WeeksChart weeks={weeks} />
        </Suspense>
      ) : null}
    </section>
  );
}

function Answers({ asked }: { asked: Report["acceptance"][number] | undefined }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  return (
    <section aria-labelledby="activity-answers">
      <h3 id="activity-answers" className="mb-2 font-bold">
        {t("professionals.answers")}
      </h3>
      {asked ? (
        <>
          <Figures>
            <Figure words={t("professionals.offers")} value={asked.offers} />
            <Figure
              words={t("professionals.acceptance")}
              value={asked.offers ? `${Math.round((asked.accepted / asked.offers) * 100)}%` : "–"}
            />
            <Figure
              words={t("professionals.medianAnswer")}
              value={asked.median_answer_s === null ? "–" : sayDuration(asked.median_answer_s, language)}
            />
          </Figures>
          <p className="mt-2 text-sm text-ink-soft tabular-nums">
            {t("professionals.answersWords", {
              accepted: asked.accepted,
              declined: asked.declined,
              expired: asked.expired,
            })}
          </p>
        </>
      ) : (
        <p className="text-ink-soft">{t("professionals.noOffers")}</p>
      )}
    </section>
  );
}

function Ratings({ ratings }: { ratings: Report["ratings"] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...ratings.by_score);
  return (
    <section aria-labelledby="activity-ratings">
      <h3 id="activity-ratings" className="mb-2 font-bold">
        {t("professionals.ratings")}
      </h3>
      {ratings.count ? (
        <>
          <p className="mb-2">
            <span className="text-xl font-bold tabular-nums">{ratings.average?.toFixed(1)}</span>{" "}
            <span className="text-ink-soft">{t("professionals.ratingsOf", { number: ratings.count })}</span>
          </p>
          <table className="w-full max-w-sm">
            <caption className="sr-only">{t("professionals.ratings")}</caption>
            <tbody>
              {[5, 4, 3, 2, 1].map((score) => {
                const count = ratings.by_score[score - 1] ?? 0;
                return (
                  <tr key={score}>
                    <th scope="row" className="w-12 py-0.5 text-start font-normal tabular-nums">
                      <span className="inline-flex items-center gap-1">
                        {score}
                        <Star aria-hidden className="size-3.5 fill-current text-accent" />
                      </span>
                    </th>
                    <td aria-hidden className="py-0.5">
                      <span
                        className="block h-2.5 rounded-full bg-accent"
                        style={{ width: `${(count / most) * 100}%` }}
                      />
                    </td>
                    <td className="w-10 py-0.5 text-end text-sm text-ink-soft tabular-nums">{count}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      ) : (
        <p className="text-ink-soft">{t("professionals.noRatingsYet")}</p>
      )}
    </section>
  );
}

function Comments({ comments }: { comments: Report["comments"] }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const when = { ...useWhen(), now: useNow() };
  return (
    <section aria-labelledby="activity-comments">
      <h3 id="activity-comments" className="mb-2 font-bold">
        {t("professionals.comments")}
      </h3>
      <ul className="flex flex-col gap-3">
        {comments.map((one) => (
          <li key={`${one.lead_id} ${one.at}`}>
            <Link className="underline-offset-2 hover:underline" to={`/b/${slug}/leads/${one.lead_id}`}>
              <span className="inline-flex items-center gap-1 text-sm text-ink-soft tabular-nums">
                {one.score}
                <Star aria-hidden className="size-3.5 fill-current text-accent" />
                {sayWhen(one.at, when)}
              </span>
              <q className="block" dir="auto">
                {one.words}
              </q>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Figures = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-3 gap-2">{children}</dl>
);

/** A number with its name; with `to`, the way to the rows behind it. */
function Figure({ words, value, to }: { words: string; value: ReactNode; to?: string }) {
  return (
    <div className="flex flex-col-reverse justify-end rounded-control bg-sunken p-3">
      <dt className="text-sm text-ink-soft">{words}</dt>
      <dd className="text-xl font-bold tabular-nums">
        {to ? (
          <Link to={to} className="text-accent-text hover:underline">
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}
