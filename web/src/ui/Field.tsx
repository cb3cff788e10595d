import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { createContext, useContext, useId } from "react";
import { cn } from "@/lib/cn";

interface FieldParts {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<FieldParts | null>(null);

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
  className?: string;
  /** The label is for screen readers alone. */
  silent?: boolean;
}

/** A labelled control with what is wrong with it right below. */
export function Field({ label, hint, error, children, className, silent }: Props) {
  const id = useId();
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error) }}>
      <div className={cn("flex flex-col gap-1", className)}>
        <label htmlFor={id} className={silent ? "sr-only" : "text-sm font-medium text-ink"}>
          {label}
        </label>
        {children}
        {error ? (
          <p id={`${id}-error`} role="alert" className="text-sm text-red">
            {error}
          </p>
        ) : hint ? (
          <p id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

export const controlClass =
  "w-full min-w-0 rounded-control border border-line-strong/60 bg-surface px-2.5 text-base text-ink placeholder:text-ink-soft " +
  "hover:border-line-strong disabled:opacity-60 aria-invalid:border-red";

function useControl() {
  const field = useContext(FieldContext);
  return field
    ? { id: field.id, "aria-describedby": field.describedBy, "aria-invalid": field.invalid || undefined }
    : {};
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useControl()} className={cn(controlClass, "h-9", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      dir="auto"
      {...useControl()}
      className={cn(controlClass, "min-h-20 py-2", className)}
      {...rest}
    />
  );
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select {...useControl()} className={cn(controlClass, "h-9 pe-8", className)} {...rest} />;
}

interface SearchProps {
  label: string;
  value: string;
  onChange: (words: string) => void;
  className: string;
}

/** Where one types what is looked for. */
export function SearchField({ label, value, onChange, className }: SearchProps) {
  return (
    <Field label={label} silent className={cn("relative w-full", className)}>
      <Search className="pointer-events-none absolute start-2.5 top-2.5 size-4 text-ink-soft" />
      <Input
        type="search"
        dir="auto"
        className="ps-8"
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** A form that is sent by the program, never by the browser. */
export function Form({
  onSend,
  ...rest
}: Omit<ComponentProps<"form">, "onSubmit"> & { onSend: () => unknown }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
      {...rest}
    />
  );
}
