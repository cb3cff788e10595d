import { Star } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Button } from "@/ui/Button";
import { Field, Form, Textarea } from "@/ui/Field";
import { Refused } from "@/ui/Refused";
import { useRate, type Visit } from "./api";

const SCORES = [1, 2, 3, 4, 5] as const;
type Score = (typeof SCORES)[number];
const LONGEST = 1000;

/** One to five stars with words of one's own; said again, the last word counts. */
export function Rate({ visit, token }: { visit: Visit; token: string }) {
  const { t } = useTranslation();
  const [again, setAgain] = useState(false);
  const given = SCORES.find((score) => score === visit.score);
  if (given && !again) {
    return (
      <section aria-labelledby="rated" className="flex flex-col items-center gap-2 border-t border-line pt-4">
        <h2 id="rated" className="text-lg font-bold">
          {t("visit.given")}
        </h2>
        <p className="flex gap-1">
          <span className="sr-only">
            {t("visit.stars", { score: given, words: t(`visit.score.${given}`) })}
          </span>
          {SCORES.map((score) => (
            <Star
              key={score}
              aria-hidden
              className={cn("size-7", score <= given ? "fill-current text-accent" : "text-line-strong")}
            />
          ))}
        </p>
        <p aria-hidden className="font-medium">
          {t(`visit.score.${given}`)}
        </p>
        <Button look="quiet" onClick={() => setAgain(true)}>
          {t("visit.rateAgain")}
        </Button>
      </section>
    );
  }
  return <RateForm token={token} former={given ?? null} onRated={() => setAgain(false)} />;
}

function RateForm({ token, former, onRated }: { token: string; former: Score | null; onRated: () => void }) {
  const { t } = useTranslation();
  const [score, setScore] = useState<Score | null>(former);
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const rate = useRate(token);
  const submit = () => {
    setMissing(score === null);
    if (score !== null) rate.mutate({ score, words: words.trim() }, { onSuccess: onRated });
  };
  return (
    <Form className="flex flex-col gap-4 border-t border-line pt-4" onSend={submit}>
      <fieldset aria-describedby={missing ? "score-missing" : undefined} className="min-w-0">
        <legend className="mx-auto mb-1 text-lg font-bold">{t("visit.rateTitle")}</legend>
        <div className="flex justify-center">
          {SCORES.map((one) => (
            <label
              key={one}
              className="grid size-13 cursor-pointer place-items-center rounded-control has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent"
            >
              <input
                type="radio"
                name="score"
                className="sr-only"
                checked={score === one}
                onChange={() => {
                  setScore(one);
                  setMissing(false);
                }}
              />
              <span className="sr-only">
                {t("visit.stars", { score: one, words: t(`visit.score.${one}`) })}
              </span>
              <Star
                aria-hidden
                className={cn(
                  "size-9 transition-colors duration-150",
                  score !== null && one <= score ? "fill-current text-accent" : "text-line-strong",
                )}
              />
            </label>
          ))}
        </div>
        <p aria-hidden className="h-6 text-center font-medium">
          {score === null ? null : t(`visit.score.${score}`)}
        </p>
        {missing ? (
          <p id="score-missing" role="alert" className="text-center text-sm text-red">
            {t("visit.rateMissing")}
          </p>
        ) : null}
      </fieldset>
      <Field label={t("visit.rateWords")}>
        <Textarea
          className="min-h-24 text-lg"
          maxLength={LONGEST}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </Field>
      <Refused error={rate.error} />
      <Button type="submit" look="primary" className="h-12 text-lg" busy={rate.isPending}>
        {t("visit.rate")}
      </Button>
    </Form>
  );
}
